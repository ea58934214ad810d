package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Arguments.Named;
import io.lossmith.core.graph.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of arrays, and how it is said. */
class ArgumentsTests {
  private static final Shape SHAPE = Shape.of(2, 3);

  /** x + y and its sum. */
  private static final Graph GRAPH =
      Graph.of(
          List.of(SHAPE, SHAPE),
          List.of(add(input(0, 2, 3), input(1, 2, 3)), total(input(0, 2, 3))));

  private static final Arguments BY_NUMBER = Arguments.of("engine", GRAPH, 0);
  private static final Arguments BY_NAME =
      Arguments.exactly(
          "door",
          List.of(new Named("prediction", SHAPE), new Named("target", SHAPE)),
          List.of(new Named("gradientOut", SHAPE), new Named("valuesOut", Shape.SCALAR)));

  private final float[] x = new float[6];
  private final float[] y = new float[6];
  private final float[] sum = new float[6];
  private final float[] one = new float[1];

  private static Call call(float @Nullable [][] inputs, float @Nullable [][] outputs) {
    Call call =
        new Call(GRAPH) {
          @Override
          public void run() {}
        };
    for (int i = 0; i < inputs.length; i++) {
      call.input(i, inputs[i]);
    }
    for (int i = 0; i < outputs.length; i++) {
      call.output(i, outputs[i]);
    }
    return call;
  }

  private void assertRefused(Arguments arguments, Call call, String message) {
    assertThatThrownBy(() -> arguments.require(call))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void whatFitsIsTaken() {
    BY_NUMBER.require(call(new float[][] {x, y}, new float[][] {sum, one}));
    BY_NAME.require(call(new float[][] {x, y}, new float[][] {sum, one}));
  }

  @Test
  void oneArrayMayBeTwoInputs() {
    BY_NAME.require(call(new float[][] {x, x}, new float[][] {sum, one}));
  }

  @Test
  void numberedArraysMayBeLonger() {
    float[] longer = new float[7];
    BY_NUMBER.require(call(new float[][] {longer, y}, new float[][] {new float[9], x}));
    assertRefused(
        BY_NAME,
        call(new float[][] {longer, y}, new float[][] {sum, one}),
        "door: prediction has 7 numbers, must have 6 for the shape [2, 3]");
  }

  @Test
  void shortArraysAreRefused() {
    assertRefused(
        BY_NUMBER,
        call(new float[][] {x, one}, new float[][] {sum, one}),
        "engine: input 1 has 1 numbers, must have at least 6 for the shape [2, 3]");
    assertRefused(
        BY_NUMBER,
        call(new float[][] {x, y}, new float[][] {sum, {}}),
        "engine: output 1 has 0 numbers, must have at least 1 for the shape []");
    assertRefused(
        BY_NAME,
        call(new float[][] {x, y}, new float[][] {one, one}),
        "door: gradientOut has 1 numbers, must have 6 for the shape [2, 3]");
  }

  @Test
  void missingArraysAreRefused() {
    assertRefused(
        BY_NAME,
        call(new float[][] {x, null}, new float[][] {sum, one}),
        "door: target is null, must be an array for [2, 3]");
    assertRefused(
        BY_NUMBER,
        call(new float[][] {x, y}, new float[][] {sum, null}),
        "engine: output 1 is null, must be an array for []");
    assertThatThrownBy(() -> BY_NAME.requireInput(1, (float[]) null))
        .hasMessage("door: target is null, must be an array for [2, 3]");
  }

  @Test
  void whatIsWrittenIsNeitherReadNorWrittenTwice() {
    assertRefused(
        BY_NAME,
        call(new float[][] {x, y}, new float[][] {y, one}),
        "door: gradientOut is the same array as target, must be one of its own");
    assertRefused(
        BY_NUMBER,
        call(new float[][] {x, y}, new float[][] {sum, sum}),
        "engine: output 1 is the same array as output 0, must be one of its own");
  }

  @Test
  void whatIsWrittenIsNoArrayThatTheProgramReadsBesides() {
    assertRefused(
        Arguments.of("engine", GRAPH, 1),
        call(new float[][] {x, y}, new float[][] {y, one}),
        "engine: output 0 is the same array as a parameter, must be one of its own");
  }

  private static Call call(FloatBuffer prediction, FloatBuffer target, FloatBuffer gradient) {
    Call call = call(new float[0][], new float[][] {null, {0}});
    call.input(0, prediction);
    call.input(1, target);
    call.output(0, gradient);
    return call;
  }

  @Test
  void buffersStandForArrays() {
    FloatBuffer direct = Window.Memory.DIRECT.allocate(8).position(1).limit(7);
    BY_NAME.require(
        call(direct.asReadOnlyBuffer(), FloatBuffer.wrap(x), FloatBuffer.wrap(new float[9], 2, 6)));
    BY_NUMBER.require(call(direct, direct, FloatBuffer.allocate(7)));
    BY_NAME.requireInput(1, direct);
  }

  @Test
  void buffersOfAnotherLengthAreRefused() {
    FloatBuffer five = FloatBuffer.wrap(new float[9], 2, 5);
    FloatBuffer six = FloatBuffer.allocate(6);
    assertRefused(
        BY_NAME,
        call(six, five, FloatBuffer.allocate(6)),
        "door: target has 5 numbers from position to limit, must have 6 for the shape [2, 3]");
    assertRefused(
        BY_NAME,
        call(six, six, FloatBuffer.allocate(7)),
        "door: gradientOut has 7 numbers from position to limit, must have 6 for the shape"
            + " [2, 3]");
    assertRefused(
        BY_NUMBER,
        call(six, five, FloatBuffer.allocate(7)),
        "engine: input 1 has 5 numbers from position to limit, must have at least 6 for the shape"
            + " [2, 3]");
    assertThatThrownBy(() -> BY_NAME.requireInput(0, five))
        .hasMessageContaining("prediction has 5 numbers from position to limit");
    assertRefused(
        BY_NAME, call(six, null, six), "door: target is null, must be a buffer for [2, 3]");
  }

  @Test
  void buffersOfAnotherByteOrderAreRefused() {
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    FloatBuffer other =
        ByteBuffer.allocateDirect(24)
            .order(little ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertRefused(
        BY_NAME,
        call(other, FloatBuffer.wrap(y), FloatBuffer.wrap(sum)),
        "door: prediction is a buffer in the order "
            + other.order()
            + ", must be in this machine's, "
            + ByteOrder.nativeOrder()
            + "; call order(ByteOrder.nativeOrder()) before asFloatBuffer()");
    assertThatThrownBy(() -> BY_NAME.require(call(FloatBuffer.wrap(x), FloatBuffer.wrap(y), other)))
        .hasMessageContaining("gradientOut is a buffer in the order");
  }

  @Test
  void readOnlyBuffersAreNotWritten() {
    FloatBuffer six = FloatBuffer.allocate(6);
    assertRefused(
        BY_NAME,
        call(six, six, FloatBuffer.allocate(6).asReadOnlyBuffer()),
        "door: gradientOut is a read-only buffer, must be one that can be written");
  }

  @Test
  void whatIsWrittenOverlapsNothing() {
    FloatBuffer direct = Window.Memory.DIRECT.allocate(20);
    assertRefused(
        BY_NAME,
        call(FloatBuffer.wrap(x), direct.slice(0, 6), direct.slice(5, 6)),
        "door: gradientOut overlaps target, must be memory of its own");
    assertRefused(
        BY_NAME,
        call(FloatBuffer.wrap(x).asReadOnlyBuffer(), direct.slice(0, 6), FloatBuffer.wrap(x)),
        "door: gradientOut overlaps prediction, must be memory of its own");
    BY_NAME.require(call(direct.slice(0, 6), direct.slice(3, 6), direct.slice(9, 6)));
  }

  @Test
  void arraysWithoutNumbersMayBeTheSame() {
    Shape none = Shape.of(0, 3);
    Named named = new Named("nothing", none);
    float[] empty = {};
    Arguments arguments = Arguments.exactly("door", List.of(named, named), List.of(named, named));
    Call call = call(new float[][] {empty, empty}, new float[][] {empty, empty});
    assertThatCode(() -> arguments.require(call)).doesNotThrowAnyException();
  }

  @Test
  void thereAreAsManyAsTheGraphHas() {
    BY_NUMBER.requireNumbers(2, 2);
    assertThatThrownBy(() -> BY_NUMBER.requireNumbers(1, 2))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine: 1 input arrays, must be 2");
    assertThatThrownBy(() -> BY_NUMBER.requireNumbers(2, 3))
        .hasMessage("engine: 3 output arrays, must be 2");
    Arguments.of("engine", GRAPH, 1).requireNumbers(1, 2);
  }
}
