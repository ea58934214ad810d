package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.BinaryCrossEntropy;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Loss;
import io.lossmith.losses.MeanSquaredError;
import io.lossmith.losses.NegativeLogLikelihood;
import io.lossmith.losses.PredictionKind;
import org.junit.jupiter.api.Test;

class OutputHeadTests {
  private static final Tensor OUTPUTS = Tensor.of(new float[] {-1, 2, 0.4f, 0.6f}, 1, 2, 1, 2);

  @Test
  void theLossIsGivenWhatItTakes() {
    Tensor labels = Tensor.of(new float[] {0, 1}, 1, 1, 2);
    float wanted = CrossEntropy.create().apply(OUTPUTS, labels).item();
    Loss loss = NegativeLogLikelihood.create();
    assertThat(loss.apply(OutputHead.of(loss, 2).prediction(OUTPUTS), labels).item())
        .isCloseTo(wanted, within(1e-6f));
    Tensor one = OUTPUTS.slice(1, 0, 1);
    assertThat(OutputHead.of(BinaryCrossEntropy.create(), 1).prediction(one).toArray())
        .containsExactly(one.sigmoid().toArray());
    assertThat(OutputHead.of(MeanSquaredError.create(), 1).prediction(one)).isSameAs(one);
  }

  @Test
  void valuesAreCutAtAHalfAndLogitsAtNought() {
    float[] values = {0.4f, 0.6f, -0.1f};
    OutputHead plain = new OutputHead(PredictionKind.VALUES, 1);
    OutputHead logits = new OutputHead(PredictionKind.LOGITS, 1);
    assertThat(plain.decide(values, 0, 1)).isZero();
    assertThat(plain.decide(values, 1, 1)).isOne();
    assertThat(logits.decide(values, 0, 1)).isOne();
    assertThat(logits.decide(values, 2, 1)).isZero();
    float[] probabilities = new float[3];
    for (int i = 0; i < 3; i++) {
      plain.probabilities(3, probabilities).take(i, values, i, 1);
    }
    assertThat(probabilities).containsExactly(0.4f, 0.6f, 0);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> OutputHead.of(NegativeLogLikelihood.create(), 1))
        .hasMessageContaining("nll takes log-probabilities of classes, but there is one class");
    assertThatThrownBy(() -> OutputHead.of((p, t) -> p.minus(t).sum(), 1))
        .hasMessageContaining("it is not known what");
  }
}
