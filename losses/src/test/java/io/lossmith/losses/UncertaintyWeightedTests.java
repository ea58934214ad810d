package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class UncertaintyWeightedTests {
  private final Tensor x = Tensor.of(new float[] {0.5f, -1, 2, 0.25f}, 1, 1, 4);
  private final Tensor t = Tensor.of(new float[] {1, 0, 0, 1}, 1, 1, 4);
  private final Loss dice = Dice.sigmoid();
  private final Loss entropy = BinaryCrossEntropyWithLogits.create();
  private final UncertaintyWeighted loss = UncertaintyWeighted.of(dice, entropy);

  private double want(double s0, double s1) {
    return Math.exp(-s0) * dice.apply(x, t).item()
        + s0
        + Math.exp(-s1) * entropy.apply(x, t).item()
        + s1;
  }

  @Test
  void startsAsThePlainSum() {
    assertThat((double) loss.apply(x, t).item()).isCloseTo(want(0, 0), within(1e-6));
  }

  @Test
  void parametersAreReadAtEachRun() {
    InputShapes inputs = InputShapes.of(x.shape(), t.shape());
    try (Compiled compiled = loss.compile(inputs)) {
      float[] gradient = new float[4];
      compiled.evaluate(x.toArray(), t.toArray(), null, gradient);
      loss.logVariances().get(0).set(0.5f);
      loss.logVariances().get(1).set(-1);
      float value = compiled.evaluate(x.toArray(), t.toArray(), null, gradient);
      assertThat((double) value).isCloseTo(want(0.5, -1), within(1e-6));
    }
  }

  @Test
  void parametersHaveGradients() {
    List<Parameter> s = loss.logVariances();
    s.get(1).set(0.3f);
    List<Tensor> gradients = Gradients.of(loss.apply(x, t), List.of(s.get(0), s.get(1)));
    assertThat((double) gradients.get(0).item())
        .isCloseTo(1 - dice.apply(x, t).item(), within(1e-6));
    assertThat((double) gradients.get(1).item())
        .isCloseTo(1 - Math.exp(-0.3) * entropy.apply(x, t).item(), within(1e-6));
  }

  @Test
  void aMaskGoesToEachPart() {
    Tensor mask = Tensor.of(new float[] {1, 0, 2, 1}, 1, 4);
    double want = dice.apply(x, t, mask).item() + entropy.apply(x, t, mask).item();
    assertThat((double) loss.apply(x, t, mask).item()).isCloseTo(want, within(1e-6));
  }

  @Test
  void isWrittenWithItsNumbers() throws IOException, ClassNotFoundException {
    loss.logVariances().get(0).set(0.75f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(loss);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      UncertaintyWeighted read = (UncertaintyWeighted) in.readObject();
      assertThat(read.apply(x, t).item()).isEqualTo(loss.apply(x, t).item());
      assertThat(read.logVariances().get(0).item()).isEqualTo(0.75f);
    }
  }

  @Test
  void partsMustFit() {
    assertThatThrownBy(UncertaintyWeighted::of)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("uncertainty-weighted: losses is an empty list, must hold one at least");
    UncertaintyWeighted uneven =
        UncertaintyWeighted.of(
            dice, BinaryCrossEntropyWithLogits.create().withReduction(Reduction.NONE));
    assertThatThrownBy(() -> uneven.apply(x, t))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining(Shape.SCALAR.toString())
        .hasMessageContaining(x.shape().toString());
  }
}
