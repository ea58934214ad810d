package io.lossmith.losses.kit;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the shapes of prediction, target and mask go together: every check, every message.
 *
 * @param prediction {@code [N, C, spatial...]}
 * @param labels whether the target holds class indices; else it has the prediction's shape
 */
public record LossShapes(Shape prediction, boolean labels) {
  private static final int MOST_SPATIAL = 3;

  /**
   * Checks them.
   *
   * @throws ShapeException if they do not go together
   */
  public static LossShapes of(
      String who, Shape prediction, Shape target, @Nullable Shape mask, Demand demand) {
    int spatial = prediction.rank() - 2;
    if (spatial < demand.fewestAxes() || spatial > MOST_SPATIAL) {
      throw new ShapeException(
          who
              + ": prediction is "
              + prediction
              + ", must be [N, C, spatial...] with "
              + demand.fewestAxes()
              + " to "
              + MOST_SPATIAL
              + " spatial axes");
    }
    if (prediction.count() == 0) {
      throw new ShapeException(
          who + ": prediction is " + prediction + ", must have one element at least");
    }
    boolean dense =
        target.equals(prediction)
            || (prediction.get(1) == 1 && target.equals(prediction.without(1)));
    boolean labels = !dense && perPixel(prediction, target);
    if (!dense && (!labels || !demand.takesLabels())) {
      throw new ShapeException(
          targetIs(who, prediction, target) + targetMustBe(prediction, labels, demand));
    }
    if (mask != null && !perPixel(prediction, mask)) {
      throw new ShapeException(
          who
              + ": mask is "
              + mask
              + ", prediction is "
              + prediction
              + "; the mask must be "
              + prediction.with(1, 1)
              + " or "
              + prediction.without(1)
              + ", one weight for each pixel");
    }
    return new LossShapes(prediction, labels);
  }

  private static boolean perPixel(Shape prediction, Shape shape) {
    return shape.equals(prediction.with(1, 1)) || shape.equals(prediction.without(1));
  }

  private static String targetIs(String who, Shape prediction, Shape target) {
    String text = who + ": target is " + target + ", prediction is " + prediction + "; ";
    for (int axis = 0; target.rank() == prediction.rank() && axis < target.rank(); axis++) {
      int one = target.get(axis);
      int other = prediction.get(axis);
      if (one != other && !(axis == 1 && one == 1)) {
        return text + "axis " + axis + " differs (" + one + ", " + other + "); ";
      }
    }
    return text;
  }

  private static String targetMustBe(Shape prediction, boolean labels, Demand demand) {
    if (labels) {
      return "class indices do not go with this loss, the target must have the prediction's shape;"
          + " make it with labels.oneHot("
          + prediction.get(1)
          + ", 1)";
    }
    String must = "the target must have the prediction's shape";
    if (prediction.get(1) == 1) {
      return must + " or be " + prediction.without(1);
    }
    return demand.takesLabels()
        ? must
            + " or hold class indices as "
            + prediction.with(1, 1)
            + " or "
            + prediction.without(1)
        : must;
  }

  /** Returns the shape with one value for each pixel, {@code [N, 1, spatial...]}. */
  public Shape pixels() {
    return prediction.with(1, 1);
  }

  public int classes() {
    return prediction.get(1);
  }

  /** Returns the numbers of the spatial axes. */
  public int[] spatialAxes() {
    return IntStream.range(2, prediction.rank()).toArray();
  }
}
