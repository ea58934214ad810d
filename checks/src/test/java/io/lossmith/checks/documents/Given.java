package io.lossmith.checks.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import io.lossmith.losses.metrics.Masks;
import java.util.List;
import java.util.SplittableRandom;

/** What the code of documents uses without making it: two pictures of 8 × 8. */
@SuppressWarnings("unused") // by snippets
public abstract class Given {
  /** One channel: logits and probabilities, a mask, weights. */
  protected final Tensor x = picture(2, 1, 8, 8);

  protected final Tensor p = x.sigmoid();
  protected final Tensor t = Masks.ofLogits(picture(2, 1, 8, 8).times(-1).plus(0.5));
  protected final Tensor prediction = p;
  protected final Tensor target = t;
  protected final Tensor mask = Tensor.full(2, 2, 1, 8, 8);

  /** Four classes: logits, also at smaller sizes; class indices, and both as masks. */
  protected final Tensor logits = picture(2, 4, 8, 8);

  protected final Tensor full = logits;
  protected final Tensor half = picture(2, 4, 4, 4);
  protected final Tensor quarter = picture(2, 4, 2, 2);
  protected final Tensor labels = Masks.argmax(picture(2, 4, 8, 8).times(-1));
  protected final Tensor found = Masks.argmax(logits).oneHot(4, 1);
  protected final Tensor truth = labels.oneHot(4, 1);

  protected final Loss loss = Dice.sigmoid();

  /** A program of one array. */
  protected final Program program =
      Tracing.compile(
          Engines.defaultEngine(), List.of(Shape.of(64)), in -> List.of(in.get(0).exp()));

  protected final float[] input = new float[64];
  protected final float[] output = new float[64];

  private static Tensor picture(int... shape) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[Shape.of(shape).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-3, 3);
    }
    return Tensor.of(values, shape);
  }

  /** Checks what stands behind a call as a comment, to as many digits as stand there. */
  protected static void expect(String said, Number is) {
    int point = said.indexOf('.');
    int digits = point < 0 ? 0 : said.length() - point - 1;
    double last = Math.pow(10, -digits);
    assertThat(is.doubleValue()).isCloseTo(Double.parseDouble(said), within(last / 2 + 1e-6));
  }
}
