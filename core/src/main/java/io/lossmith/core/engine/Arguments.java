package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the arrays of a call must be. It is asked once for each run, at the door that the caller
 * came through, which knows what they are called there.
 */
public final class Arguments {
  /**
   * An array that callers hand in.
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
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(outputs, "outputs");
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
   * Checks the arrays of a call.
   *
   * @throws IllegalArgumentException if one is missing, has another length, or is both read and
   *     written
   */
  public void require(Call call) {
    for (int i = 0; i < inputs.size(); i++) {
      requireLength(inputs.get(i), call.inputs[i]);
    }
    for (int i = 0; i < call.outputs.length; i++) {
      requireLength(outputs.get(i), call.outputs[i]);
      requireApart(i, call.outputs[i], inputs, call.inputs, call.inputs.length);
      requireApart(i, call.outputs[i], outputs, call.outputs, i);
    }
  }

  /**
   * Checks the array of one input.
   *
   * @throws IllegalArgumentException if it is missing or has another length
   */
  public void requireInput(int index, float @Nullable [] array) {
    requireLength(inputs.get(index), array);
  }

  private void requireLength(Named named, float @Nullable [] array) {
    Shape shape = named.shape();
    if (array == null) {
      throw new IllegalArgumentException(
          who + ": " + named.name() + " is null, must be an array for " + shape);
    }
    if (mayBeLonger) {
      requireLength(who, named.name(), array.length, shape);
    } else if (array.length != shape.count()) {
      throw wrongLength(who, named.name(), array.length, "", shape);
    }
  }

  private void requireApart(
      int index, float[] output, List<Named> names, float[][] others, int count) {
    for (int i = 0; i < count; i++) {
      if (output == others[i] && output.length > 0) {
        throw new IllegalArgumentException(
            who
                + ": "
                + outputs.get(index).name()
                + " is the same array as "
                + (i < names.size() ? names.get(i).name() : "a parameter")
                + ", must be one of its own");
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
      throw wrongLength(who, name, given, "at least ", shape);
    }
  }

  private static IllegalArgumentException wrongLength(
      String who, String name, int given, String least, Shape shape) {
    return new IllegalArgumentException(
        who
            + ": "
            + name
            + " has "
            + given
            + " numbers, must have "
            + least
            + shape.count()
            + " for the shape "
            + shape);
  }
}
