package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Window;
import io.lossmith.core.engine.Window.Memory;
import io.lossmith.core.engine.Window.Way;
import io.lossmith.core.engine.cpu.CpuEngines;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Buffers in place of arrays. */
class BufferTests {
  private static final Shape SHAPE = Shape.of(2, 1, 3, 4);
  private static final InputShapes INPUTS = InputShapes.of(SHAPE, SHAPE);
  private static final Loss LOSS = Dice.sigmoid().plus(BinaryCrossEntropyWithLogits.create());

  private final Random random = new Random(3);

  static Stream<Subject> all() {
    return Subject.ALL.stream();
  }

  private static List<Engine> engines() {
    List<Engine> engines = new ArrayList<>(List.of(CpuEngines.plain(), new ReferenceEngine()));
    if (CpuEngines.hasSimd()) {
      engines.add(CpuEngines.simd());
    }
    return engines;
  }

  private Window read(float[] numbers) {
    return Window.anywhere(random, numbers, false);
  }

  private Window written(int count) {
    return Window.anywhere(random, new float[count], true);
  }

  private static void requireUntouched(@Nullable Window... windows) {
    for (Window window : windows) {
      if (window != null) {
        window.requireNothingElseChanged();
      }
    }
  }

  /** Compares value and gradient bit by bit, and what lies around all windows. */
  private void requireSameBits(
      Compiled compiled, float[] prediction, float[] target, float @Nullable [] mask) {
    float[] values = new float[compiled.valueShape().count()];
    float[] gradient = new float[prediction.length];
    compiled.evaluateEach(prediction, target, mask, values, gradient);
    for (int i = 0; i < 3; i++) {
      Window p = read(prediction);
      Window t = read(target);
      Window m = mask == null ? null : read(mask);
      Window v = written(values.length);
      Window g = written(prediction.length);
      FloatBuffer weights = m == null ? null : m.buffer();
      compiled.evaluateEach(p.buffer(), t.buffer(), weights, v.buffer(), g.buffer());
      assertThat(v.numbers()).as("values in %s", v).isEqualTo(values);
      assertThat(g.numbers()).as("gradient in %s", g).isEqualTo(gradient);
      requireUntouched(p, t, m, v, g);
      compiled.evaluateEach(p.buffer(), t.buffer(), weights, v.buffer(), null);
      requireUntouched(p, t, m, v);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLossGivesTheBitsOfArrays(Subject subject) {
    Shape shape = subject.shape();
    for (boolean labels :
        Scene.labels(subject, shape) ? new boolean[] {false, true} : new boolean[] {false}) {
      Scene scene = Scene.of(subject, shape, labels, 11);
      InputShapes inputs = InputShapes.of(shape, scene.targetShape);
      for (Engine engine : engines()) {
        try (Compiled plain = subject.loss().compile(inputs, engine);
            Compiled masked = subject.loss().compile(inputs.withMask(scene.maskShape), engine)) {
          requireSameBits(plain, scene.prediction, scene.target, null);
          requireSameBits(masked, scene.prediction, scene.target, scene.mask);
        }
      }
    }
  }

  /** Rows that share places of the cache, several tiles, and a last one that is not full. */
  @Test
  void largePicturesGiveTheBitsOfArrays() {
    Loss classes = Dice.softmax().plus(CrossEntropy.create());
    Shape many = Shape.of(2, 12, 64, 64);
    Shape odd = Shape.of(2, 3, 97, 53);
    Shape one = Shape.of(3, 1, 130, 70);
    for (Engine engine : engines()) {
      try (Compiled c = classes.compile(InputShapes.of(many, many.without(1)), engine)) {
        requireSameBits(c, numbers(many), labels(many.without(1), 12), null);
      }
      try (Compiled c = classes.compile(InputShapes.of(odd, odd), engine)) {
        requireSameBits(c, numbers(odd), labels(odd, 2), null);
      }
      try (Compiled c = LOSS.compile(InputShapes.of(one, one).withMask(one), engine)) {
        requireSameBits(c, numbers(one), labels(one, 2), labels(one, 3));
      }
    }
  }

  private float[] numbers(Shape shape) {
    float[] numbers = new float[shape.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private float[] labels(Shape shape, int classes) {
    float[] labels = new float[shape.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(classes);
    }
    return labels;
  }

  @Test
  void oneNumberIsReturned() {
    float[] prediction = numbers(SHAPE);
    float[] target = labels(SHAPE, 2);
    float[] gradient = new float[prediction.length];
    try (Compiled c = LOSS.compile(INPUTS)) {
      float value = c.evaluate(prediction, target, null, gradient);
      Window g = written(gradient.length);
      assertThat(c.evaluate(read(prediction).buffer(), read(target).buffer(), null, g.buffer()))
          .isEqualTo(value);
      assertThat(g.numbers()).isEqualTo(gradient);
      g.requireNothingElseChanged();
      float[] on = new float[gradient.length];
      c.evaluate(
          FloatBuffer.wrap(prediction), FloatBuffer.wrap(target), null, FloatBuffer.wrap(on));
      assertThat(on).isEqualTo(gradient);
      float alone = c.evaluate(prediction, target, null, null);
      assertThat(c.evaluate(read(prediction).buffer(), read(target).buffer(), null, null))
          .isEqualTo(alone);
    }
  }

  @Test
  void targetsAreKeptFromBuffers() {
    Shape shape = Shape.of(2, 3, 9, 8);
    Shape labels = shape.without(1);
    float[] prediction = numbers(shape);
    float[] target = labels(labels, 3);
    float[] mask = labels(labels, 4);
    float[] gradient = new float[prediction.length];
    float[] values = new float[6];
    Boundary loss = Boundary.softmax();
    try (Compiled c = loss.compile(InputShapes.of(shape, labels).withMask(labels));
        KeptTarget want = c.keep(target, mask)) {
      Window given = Window.of(Memory.DIRECT, Way.POSITION, 3, target);
      try (KeptTarget kept = c.keep(given.buffer(), read(mask).buffer())) {
        given.buffer().put(3, 2);
        Window p = read(prediction);
        Window g = written(prediction.length);
        assertThat(kept.evaluate(p.buffer(), g.buffer()))
            .isEqualTo(want.evaluate(prediction, gradient));
        assertThat(g.numbers()).isEqualTo(gradient);
        requireUntouched(p, g, given);
        assertThat(kept.evaluate(p.buffer(), null)).isEqualTo(want.evaluate(prediction, null));
      }
    }
    try (KeptTarget kept =
        loss.withReduction(Reduction.NONE)
            .compile(InputShapes.of(shape, labels))
            .keep(read(target).buffer(), null)) {
      Window v = written(6);
      Window g = written(prediction.length);
      kept.evaluateEach(prediction, values, gradient);
      kept.evaluateEach(read(prediction).buffer(), v.buffer(), g.buffer());
      assertThat(v.numbers()).isEqualTo(values);
      assertThat(g.numbers()).isEqualTo(gradient);
      requireUntouched(v, g);
    }
  }

  @Test
  void badBuffersAreRefused() {
    FloatBuffer memory = Memory.DIRECT.allocate(100);
    FloatBuffer prediction = memory.slice(0, 24);
    FloatBuffer target = memory.slice(24, 24);
    FloatBuffer gradient = memory.slice(48, 24);
    try (Compiled c = LOSS.compile(INPUTS);
        Compiled masked = LOSS.compile(INPUTS.withMask(SHAPE));
        KeptTarget kept = c.keep(target, null)) {
      c.evaluate(prediction, target, null, gradient);
      requireRefused(
          () -> c.evaluate(prediction, memory.slice(24, 23), null, gradient),
          "compiled: target has 23 numbers from position to limit, must have 24 for the shape"
              + " [2, 1, 3, 4]");
      requireRefused(
          () -> c.evaluate(prediction, target, null, memory.slice(47, 24)),
          "compiled: gradientOut overlaps target, must be memory of its own");
      requireRefused(
          () -> kept.evaluate(prediction, prediction.duplicate()),
          "compiled: gradientOut overlaps prediction, must be memory of its own");
      requireRefused(
          () -> kept.evaluate(prediction, gradient.asReadOnlyBuffer()),
          "compiled: gradientOut is a read-only buffer, must be one that can be written");
      requireRefused(
          () -> c.evaluate(prediction, target, gradient, null),
          "compiled: mask is a buffer of 24, must be null: compiled without a mask; compile with"
              + " InputShapes.withMask");
      requireRefused(
          () -> masked.evaluate(prediction, target, null, gradient),
          "compiled: mask is null, must be a buffer for [2, 1, 3, 4]; or compile without a mask");
      FloatBuffer unordered = ByteBuffer.allocateDirect(96).asFloatBuffer();
      if (unordered.order() != gradient.order()) {
        assertThatThrownBy(() -> c.keep(unordered, null))
            .isExactlyInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("compiled: target is a buffer in the order BIG_ENDIAN");
      }
    }
  }

  private static void requireRefused(Supplier<Float> call, String message) {
    assertThatThrownBy(call::get)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** With plain loops, because vectors are objects until the compiler has dissolved them. */
  @Test
  void onceWarmNothingIsAllocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Engine engine = CpuEngines.plain().withThreads(1);
    for (Loss loss : List.of(LOSS, LovaszHinge.create(), Boundary.sigmoid())) {
      FloatBuffer prediction = Memory.DIRECT.allocate(24).put(0, numbers(SHAPE));
      FloatBuffer target = Memory.DIRECT.allocate(24).put(0, labels(SHAPE, 2));
      FloatBuffer gradient = Memory.DIRECT.allocate(30).position(5).limit(29);
      try (Compiled c = loss.compile(INPUTS, engine);
          KeptTarget kept = c.keep(target, null)) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 30_000 && least > 0; round++) {
          long before = threads.getCurrentThreadAllocatedBytes();
          c.evaluate(prediction, target, null, gradient);
          c.evaluate(prediction, target, null, null);
          kept.evaluate(prediction, gradient);
          least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as(loss.toString()).isZero();
      }
    }
  }
}
