package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.lossmith.autodiff.Parameter;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A target that stays the same. */
class KeptTargetTests {
  private static final Shape SHAPE = Shape.of(2, 3, 9, 8);
  private static final Shape LABELS = SHAPE.without(1);
  private static final InputShapes INPUTS = InputShapes.of(SHAPE, LABELS);
  static final Loss[] LOSSES = {
    Boundary.softmax(),
    HausdorffDt.softmax().withIncludeBackground(false),
    Boundary.softmax().withIgnoreIndex(1).plus(Dice.softmax()),
    Dice.softmax().plus(CrossEntropy.create()),
    (p, t) -> t.mean().plus(1) // has no gradient
  };

  private final float[] prediction = new float[SHAPE.count()];
  private final float[] target = new float[LABELS.count()];
  private final float[] mask = new float[LABELS.count()];
  private final float[] gradient = new float[SHAPE.count()];
  private final float[] other = new float[SHAPE.count()];

  KeptTargetTests() {
    Random random = new Random(4);
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = random.nextInt(3);
      mask[i] = random.nextInt(3);
    }
  }

  @ParameterizedTest
  @FieldSource("LOSSES")
  void givesWhatAnyTargetGives(Loss loss) {
    try (Compiled c = loss.compile(INPUTS);
        KeptTarget kept = c.keep(target, null)) {
      float want = c.evaluate(prediction, target, null, gradient);
      assertThat(kept.evaluate(prediction, other)).isCloseTo(want, within(1e-5f));
      assertThat(kept.evaluate(prediction, null)).isCloseTo(want, within(1e-5f));
      requireClose();
    }
  }

  @Test
  void theMaskIsKeptWithIt() {
    for (Loss loss : new Loss[] {Boundary.softmax(), HausdorffDt.softmax().log()}) {
      try (Compiled c = loss.compile(INPUTS.withMask(LABELS));
          KeptTarget kept = c.keep(target, mask)) {
        float want = c.evaluate(prediction, target, mask, gradient);
        assertThat(kept.evaluate(prediction, other)).isCloseTo(want, within(1e-5f));
        requireClose();
      }
    }
  }

  private void requireClose() {
    for (int i = 0; i < gradient.length; i++) {
      assertThat(other[i]).isCloseTo(gradient[i], within(1e-6f));
    }
  }

  @Test
  void distancesOfTheTargetAreMeasuredOnce() {
    try (Compiled c = Boundary.softmax().compile(INPUTS);
        KeptTarget kept = c.keep(target, null)) {
      assertThat(c.explain()).contains("distance transform");
      assertThat(kept.explain()).doesNotContain("distance transform");
    }
    try (KeptTarget kept = HausdorffDt.softmax().compile(INPUTS).keep(target, null)) {
      assertThat(kept.explain()).contains("distance transform"); // those of the prediction
    }
  }

  @Test
  void theNumbersAreCopied() {
    try (KeptTarget kept = Boundary.softmax().compile(INPUTS).keep(target, null)) {
      float before = kept.evaluate(prediction, null);
      Arrays.fill(target, 0);
      assertThat(kept.evaluate(prediction, null)).isEqualTo(before);
    }
  }

  @Test
  void aParameterIsStillReadAtEachRun() {
    Parameter weight = Parameter.of(1f);
    Loss loss = (p, t) -> Boundary.softmax().apply(p, t).times(weight);
    try (KeptTarget kept = loss.compile(INPUTS).keep(target, null)) {
      float one = kept.evaluate(prediction, null);
      weight.set(2f);
      assertThat(kept.evaluate(prediction, null)).isCloseTo(2 * one, within(1e-6f));
    }
  }

  @Test
  void anyEngineMayRunIt() {
    Loss loss = Boundary.softmax();
    try (Compiled c = loss.compile(INPUTS);
        KeptTarget judge = loss.compile(INPUTS, new ReferenceEngine()).keep(target, null)) {
      assertThat(judge.evaluate(prediction, other))
          .isCloseTo(c.evaluate(prediction, target, null, gradient), within(1e-5f));
      requireClose();
    }
  }

  @Test
  void valuesOfReductionNone() {
    Loss loss = Boundary.softmax().withReduction(Reduction.NONE);
    float[] values = new float[6];
    float[] want = new float[6];
    try (Compiled c = loss.compile(INPUTS);
        KeptTarget kept = c.keep(target, null)) {
      c.evaluateEach(prediction, target, null, want, gradient);
      kept.evaluateEach(prediction, values, other);
      assertThat(kept.valueShape()).isEqualTo(Shape.of(2, 3));
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isCloseTo(want[i], within(1e-5f));
      }
      requireClose();
      assertThatThrownBy(() -> kept.evaluate(prediction, null))
          .hasMessageContaining("call evaluateEach");
    }
  }

  @Test
  void aBadTargetIsRefusedWhenItIsKept() {
    try (Compiled c = Boundary.softmax().compile(INPUTS)) {
      target[5] = 7;
      assertThatThrownBy(() -> c.keep(target, null))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("boundary: target is 7 at [0, 0, 0, 5]");
      assertThatThrownBy(() -> c.keep(new float[3], null))
          .hasMessageContaining("target has 3 numbers, must have 144");
      assertThatThrownBy(() -> c.keep(target, mask)).hasMessageContaining("must be null");
    }
  }

  @Test
  void badArraysAreRefused() {
    KeptTarget kept = Boundary.softmax().compile(INPUTS).keep(target, null);
    assertThatThrownBy(() -> kept.evaluate(new float[2], null))
        .hasMessageContaining("prediction has 2 numbers");
    assertThatThrownBy(() -> kept.evaluate(prediction, prediction))
        .hasMessageContaining("gradientOut is the same array as prediction");
    kept.close();
    assertThatThrownBy(() -> kept.evaluate(prediction, gradient))
        .isInstanceOf(IllegalStateException.class);
  }

  /** What an engine does is measured with the engine; this one does nothing. */
  @Test
  void onceWarmItAllocatesNothingOfItsOwn() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (KeptTarget kept =
        HausdorffDt.softmax().compile(INPUTS, new IdleEngine()).keep(target, null)) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 20_000; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        kept.evaluate(prediction, gradient);
        kept.evaluate(prediction, null);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isZero();
    }
  }
}
