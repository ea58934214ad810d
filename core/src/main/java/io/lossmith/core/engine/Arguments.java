package io.lossmith.core.engine;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the arrays and buffers of a call must be. It is asked once for each run, at the door that
 * the caller came through, which knows what they are called there.
 */
public final class Arguments {
  /**
   * An array, or a buffer, that callers hand in.
   *
   * @param name what messages call it
   * @param shape what it is read or written as
   */
  public record Named(String name, Shape shape) {
    /** Refuses null. */
    public Named {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(shape, "shape");
    }
  }

  private final String who;
  private final List<Named> inputs;
  private final List<Named> outputs;
  private final boolean mayBeLonger;

  private Arguments(String who, List<Named> inputs, List<Named> outputs, boolean mayBeLonger) {
    this.who = who;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.mayBeLonger = mayBeLonger;
  }

  /**
   * Returns the rules for arrays that are exactly as long as their shapes ask.
   *
   * @param who begins the messages
   * @param inputs the first inputs of a call, which a caller hands in
   * @param outputs of which a call may have the first ones only
   */
  public static Arguments exactly(String who, List<Named> inputs, List<Named> outputs) {
    Objects.requireNonNull(who, "who");
    Elements.requireNone(inputs, "inputs");
    Elements.requireNone(outputs, "outputs");
    return new Arguments(who, inputs, outputs, false);
  }

  /**
   * Returns the rules for the arrays of a graph, which have numbers and may be longer.
   *
   * @param own how many of the last inputs no caller hands in
   */
  static Arguments of(String who, Graph graph, int own) {
    List<Shape> shapes = graph.inputs();
    return new Arguments(
        who,
        IntStream.range(0, shapes.size() - own)
            .mapToObj(i -> new Named("input " + i, shapes.get(i)))
            .toList(),
        IntStream.range(0, graph.outputs().size())
            .mapToObj(i -> new Named("output " + i, graph.outputs().get(i).shape()))
            .toList(),
        true);
  }

  /**
   * Checks how many arrays there are.
   *
   * @throws IllegalArgumentException if there are more or fewer than needed
   */
  void requireNumbers(int inputs, int outputs) {
    requireNumber(who, "input", inputs, this.inputs.size());
    requireNumber(who, "output", outputs, this.outputs.size());
  }

  /**
   * Checks what a call was handed.
   *
   * @throws IllegalArgumentException if an array or buffer is missing, has another length, shares
   *     memory with what is written, or is a buffer of another byte order or one to be written that
   *     is read-only
   */
  public void require(Call call) {
    for (int i = 0; i < inputs.size(); i++) {
      requireFit(inputs.get(i), call.handedInputs[i]);
    }
    for (int i = 0; i < call.handedOutputs.length; i++) {
      Handed output = call.handedOutputs[i];
      requireFit(outputs.get(i), output);
      requireWritable(outputs.get(i), output);
      requireApart(i, output, inputs, call.handedInputs, call.handedInputs.length);
      requireApart(i, output, outputs, call.handedOutputs, i);
    }
  }

  /**
   * Checks the array of one input.
   *
   * @throws IllegalArgumentException if it is missing or has another length
   */
  public void requireInput(int index, float @Nullable [] array) {
    Handed handed = new Handed(0);
    handed.set(array);
    requireFit(inputs.get(index), handed);
  }

  /**
   * Checks the buffer of one input.
   *
   * @throws IllegalArgumentException if it is missing, or has another length or byte order
   */
  public void requireInput(int index, @Nullable FloatBuffer buffer) {
    Handed handed = new Handed(0);
    handed.set(buffer);
    requireFit(inputs.get(index), handed);
  }

  private void requireFit(Named named, Handed handed) {
    Shape shape = named.shape();
    if (handed.isMissing()) {
      throw new IllegalArgumentException(
          who
              + ": "
              + named.name()
              + " is null, must be "
              + (handed.isBuffer() ? "a buffer" : "an array")
              + " for "
              + shape);
    }
    FloatBuffer buffer = handed.buffer();
    if (buffer != null && buffer.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          who
              + ": "
              + named.name()
              + " is a buffer in the order "
              + buffer.order()
              + ", must be in this machine's, "
              + ByteOrder.nativeOrder()
              + "; call order(ByteOrder.nativeOrder()) before asFloatBuffer()");
    }
    int given = handed.length();
    if (mayBeLonger ? given < shape.count() : given != shape.count()) {
      String numbers = given + (buffer == null ? " numbers" : " numbers from position to limit");
      throw wrongLength(who, named.name(), numbers, mayBeLonger ? "at least " : "", shape);
    }
  }

  private void requireWritable(Named named, Handed output) {
    FloatBuffer buffer = output.buffer();
    if (buffer != null && buffer.isReadOnly()) {
      throw new IllegalArgumentException(
          who + ": " + named.name() + " is a read-only buffer, must be one that can be written");
    }
  }

  private void requireApart(
      int index, Handed output, List<Named> names, Handed[] others, int count) {
    for (int i = 0; i < count; i++) {
      if (output.overlaps(others[i])) {
        boolean arrays = !output.isBuffer() && !others[i].isBuffer();
        throw new IllegalArgumentException(
            who
                + ": "
                + outputs.get(index).name()
                + (arrays ? " is the same array as " : " overlaps ")
                + (i < names.size() ? names.get(i).name() : "a parameter")
                + ", must be "
                + (arrays ? "one" : "memory")
                + " of its own");
      }
    }
  }

  /**
   * Checks how many arrays there are.
   *
   * @throws IllegalArgumentException if there are more or fewer than needed
   */
  public static void requireNumber(String who, String kind, int given, int needed) {
    if (given != needed) {
      throw new IllegalArgumentException(
          who + ": " + given + " " + kind + " arrays, must be " + needed);
    }
  }

  /**
   * Checks the length of an array that may be longer than its shape asks.
   *
   * @throws IllegalArgumentException if it is shorter
   */
  public static void requireLength(String who, String name, int given, Shape shape) {
    if (given < shape.count()) {
      throw wrongLength(who, name, given + " numbers", "at least ", shape);
    }
  }

  private static IllegalArgumentException wrongLength(
      String who, String name, String given, String least, Shape shape) {
    return new IllegalArgumentException(
        who
            + ": "
            + name
            + " has "
            + given
            + ", must have "
            + least
            + shape.count()
            + " for the shape "
            + shape);
  }
}
