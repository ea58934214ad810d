package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The demands of {@link Program#run} on its arrays, checked with the same words by every engine.
 */
public final class Arguments {
  private Arguments() {}

  /**
   * Checks the arrays of a run.
   *
   * @param who the engine's name, which begins the message
   * @throws IllegalArgumentException if an array is missing, too short, or both read and written
   */
  public static void require(String who, Graph graph, float[][] inputs, float[][] outputs) {
    List<Shape> from = graph.inputs();
    requireNumber(who, "input", inputs.length, from.size());
    for (int i = 0; i < inputs.length; i++) {
      requireLength(who, "input", i, length(who, "input", i, inputs[i]), from.get(i));
    }
    List<Node> to = graph.outputs();
    requireNumber(who, "output", outputs.length, to.size());
    for (int i = 0; i < outputs.length; i++) {
      requireLength(who, "output", i, length(who, "output", i, outputs[i]), to.get(i).shape());
      requireApart(who, i, outputs[i], "input", inputs, inputs.length);
      requireApart(who, i, outputs[i], "output", outputs, i);
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
   * Checks the length of one array.
   *
   * @throws IllegalArgumentException if it cannot hold the shape
   */
  public static void requireLength(String who, String kind, int index, int given, Shape shape) {
    if (given < shape.count()) {
      throw new IllegalArgumentException(
          who
              + ": "
              + kind
              + " "
              + index
              + " has "
              + given
              + " elements, must be at least "
              + shape.count()
              + " for "
              + shape);
    }
  }

  private static int length(String who, String kind, int index, float @Nullable [] array) {
    if (array == null) {
      throw new IllegalArgumentException(who + ": " + kind + " " + index + " is null");
    }
    return array.length;
  }

  private static void requireApart(
      String who, int index, float[] output, String kind, float[][] others, int count) {
    for (int i = 0; i < count; i++) {
      if (output == others[i] && output.length > 0) {
        throw new IllegalArgumentException(
            who
                + ": output "
                + index
                + " is the same array as "
                + kind
                + " "
                + i
                + ", must be one of its own");
      }
    }
  }
}
