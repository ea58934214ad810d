package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompiledTests {
  private static final Shape SHAPE = Shape.of(2, 1, 3, 4);
  private static final InputShapes INPUTS = InputShapes.of(SHAPE, SHAPE);
  private static final Loss LOSS = Dice.sigmoid().plus(BinaryCrossEntropyWithLogits.create());

  private final float[] prediction = random(1, 3);
  private final float[] target = random(2, 1);
  private final float[] mask = random(3, 1);
  private final float[] gradient = new float[SHAPE.count()];

  private static float[] random(long seed, float scale) {
    float[] values = new float[SHAPE.count()];
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * scale;
    }
    return values;
  }

  private static Tensor tensor(float[] values) {
    return Tensor.of(values, SHAPE.toArray());
  }

  @Test
  void valueAndGradientAreThoseOfTheTensors() {
    ValueAndGradient want = LOSS.valueAndGradient(tensor(prediction), tensor(target));
    try (Compiled c = LOSS.compile(INPUTS)) {
      assertThat(c.evaluate(prediction, target, null, gradient)).isEqualTo(want.value().item());
      assertThat(gradient).isEqualTo(want.gradient().toArray());
      assertThat(c.valueShape()).isEqualTo(Shape.SCALAR);
      assertThat(c.inputs()).isEqualTo(INPUTS);
      assertThat(c.explain()).contains("sigmoid");
    }
  }

  @Test
  void anyEngineMayRunIt() {
    try (Compiled c = LOSS.compile(INPUTS);
        Compiled judge = LOSS.compile(INPUTS, new ReferenceEngine())) {
      assertThat(c.evaluate(prediction, target, null, null))
          .isCloseTo(judge.evaluate(prediction, target, null, null), within(1e-5f));
    }
  }

  @Test
  void withoutAGradientTheValueIsTheSame() {
    try (Compiled c = LOSS.compile(INPUTS)) {
      assertThat(c.evaluate(prediction, target, null, null))
          .isCloseTo(c.evaluate(prediction, target, null, gradient), within(1e-6f));
    }
  }

  @Test
  void aMaskIsDeclaredAndGiven() {
    Tensor want = LOSS.apply(tensor(prediction), tensor(target), tensor(mask));
    try (Compiled c = LOSS.compile(INPUTS.withMask(2, 3, 4))) {
      assertThat(c.evaluate(prediction, target, mask, gradient))
          .isCloseTo(want.item(), within(1e-6f));
      assertThatThrownBy(() -> c.evaluate(prediction, target, null, gradient))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "compiled: mask is null, must be an array for [2, 3, 4]; or compile without a mask");
    }
    try (Compiled c = LOSS.compile(INPUTS)) {
      assertThatThrownBy(() -> c.evaluate(prediction, target, mask, gradient))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("compile with InputShapes.withMask");
    }
  }

  @Test
  void reductionNoneWritesItsValues() {
    Loss each = BinaryCrossEntropyWithLogits.create().withReduction(Reduction.NONE);
    float[] values = new float[SHAPE.count()];
    ValueAndGradient want = each.valueAndGradient(tensor(prediction), tensor(target));
    try (Compiled c = each.compile(INPUTS)) {
      assertThat(c.valueShape()).isEqualTo(SHAPE);
      c.evaluateEach(prediction, target, null, values, gradient);
      assertThat(values).isEqualTo(want.value().toArray());
      assertThat(gradient).isEqualTo(want.gradient().toArray());
      c.evaluateEach(prediction, target, null, values, null);
      assertThat(values).isEqualTo(want.value().toArray());
      assertThatThrownBy(() -> c.evaluate(prediction, target, null, gradient))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("call evaluateEach");
      assertThatThrownBy(() -> c.evaluateEach(prediction, target, null, new float[3], null))
          .hasMessage("compiled: valuesOut has 3 numbers, must have 24 for the shape [2, 1, 3, 4]");
      assertThatThrownBy(() -> c.evaluateEach(prediction, target, null, target, null))
          .hasMessage("compiled: valuesOut is the same array as target, must be one of its own");
      assertThatThrownBy(() -> c.evaluateEach(prediction, target, null, values, values))
          .hasMessageContaining("gradientOut is the same array as valuesOut");
    }
  }

  @Test
  void arraysMustBeAsLongAsTheirShapes() {
    try (Compiled c = LOSS.compile(INPUTS)) {
      assertThatThrownBy(() -> c.evaluate(new float[23], target, null, gradient))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "compiled: prediction has 23 numbers, must have 24 for the shape [2, 1, 3, 4]");
      assertThatThrownBy(() -> c.evaluate(prediction, new float[25], null, gradient))
          .hasMessageContaining("target has 25 numbers");
      assertThatThrownBy(() -> c.evaluate(prediction, target, null, new float[1]))
          .hasMessageContaining("gradientOut has 1 numbers");
    }
  }

  @Test
  void theGradientMustNotBeAnInput() {
    try (Compiled c = LOSS.compile(INPUTS)) {
      assertThatThrownBy(() -> c.evaluate(prediction, target, null, prediction))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "compiled: gradientOut is the same array as prediction, must be one of its own");
    }
  }

  @Test
  void shapesAreCheckedWhenItIsCompiled() {
    assertThatThrownBy(() -> LOSS.compile(InputShapes.of(SHAPE, Shape.of(2, 1, 3, 5))))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void badTargetsAreFoundAtTheRun() {
    target[5] = 7;
    try (Compiled c = LOSS.compile(INPUTS)) {
      assertThatThrownBy(() -> c.evaluate(prediction, target, null, gradient))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("target")
          .hasMessageContaining("[0, 0, 1, 1]")
          .hasMessageContaining("within 0..1");
    }
  }

  @Test
  void onceClosedItRefuses() {
    Compiled c = LOSS.compile(INPUTS);
    Compiled other = LOSS.compile(INPUTS);
    c.close();
    c.close();
    assertThatThrownBy(() -> c.evaluate(prediction, target, null, gradient))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> c.evaluate(prediction, target, null, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(other.evaluate(prediction, target, null, gradient)).isPositive();
    other.close();
  }

  @Test
  void threadsMayShareIt() {
    try (Compiled c = LOSS.compile(INPUTS)) {
      float want = c.evaluate(prediction, target, null, gradient);
      IntStream.range(0, 8)
          .mapToObj(i -> CompletableFuture.runAsync(() -> evaluateOften(c, want)))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  private void evaluateOften(Compiled c, float want) {
    float[] own = new float[gradient.length];
    for (int i = 0; i < 200; i++) {
      assertThat(c.evaluate(prediction, target, null, own)).isEqualTo(want);
      assertThat(own).isEqualTo(gradient);
    }
  }

  /** What an engine does is measured with the engine; this one does nothing. */
  @Test
  void onceWarmItAllocatesNothingOfItsOwn() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Compiled c = LOSS.compile(INPUTS.withMask(2, 1, 3, 4), new IdleEngine())) {
      for (int i = 0; i < 20_000; i++) {
        c.evaluate(prediction, target, mask, gradient);
        c.evaluate(prediction, target, mask, null);
      }
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
          c.evaluate(prediction, target, mask, gradient);
          c.evaluate(prediction, target, mask, null);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isZero();
    }
  }
}
