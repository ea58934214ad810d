package io.lossmith.losses.metrics;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Confusion counts of each image and class. Tables of batches are put under each other; scores such
 * as {@link DiceScore} read them.
 */
public final class ConfusionTable {
  private static final String WHO = "confusion table";

  /** As many whole numbers as a float tells apart. */
  private static final int MOST_CLASSES = 1 << 24;

  private final int classes;
  private final List<List<ConfusionCounts>> images;

  private ConfusionTable(int classes, List<List<ConfusionCounts>> images) {
    this.classes = classes;
    this.images = images;
  }

  /** Returns a table without images. */
  public static ConfusionTable none(int classes) {
    return new ConfusionTable(requireClasses(classes), List.of());
  }

  /**
   * Returns a table of one image.
   *
   * @param image the counts of each class, background included
   * @throws IllegalArgumentException if there is none
   */
  public static ConfusionTable ofCounts(List<ConfusionCounts> image) {
    List<ConfusionCounts> copy = Elements.copyOf(image, "image");
    return new ConfusionTable(requireClasses(copy.size()), List.of(copy));
  }

  /**
   * Counts masks, each class for itself.
   *
   * @param masks 0 or 1, {@code [N, C, spatial...]}, for example of {@link Masks#ofLogits}
   * @param target of the same shape
   * @throws ShapeException if the shapes differ or have no channels
   * @throws IllegalArgumentException if a value is neither 0 nor 1
   */
  public static ConfusionTable ofMasks(Tensor masks, Tensor target) {
    Shape shape = SameShape.of(WHO, "masks", masks, target, 2);
    int classes = shape.get(1);
    int plane = shape.count() / Math.max(1, shape.get(0) * classes);
    float[] said = ZeroOrOne.of(WHO, "masks", masks.toArray(), shape);
    float[] is = ZeroOrOne.of(WHO, "target", target.toArray(), shape);
    List<List<ConfusionCounts>> images = new ArrayList<>();
    for (int n = 0; n < shape.get(0); n++) {
      List<ConfusionCounts> image = new ArrayList<>();
      for (int c = 0; c < classes; c++) {
        int from = (n * classes + c) * plane;
        image.add(ConfusionCounts.ofMasks(said, is, from, from + plane));
      }
      images.add(image);
    }
    return new ConfusionTable(classes, images);
  }

  /** Returns {@link #ofLabels(Tensor, Tensor, int, Integer)} without pixels to ignore. */
  public static ConfusionTable ofLabels(Tensor labels, Tensor target, int classes) {
    return ofLabels(labels, target, classes, null);
  }

  /**
   * Counts class indices, each class against the others.
   *
   * @param labels {@code [N, spatial...]}, for example of {@link Masks#argmax}; {@code classes}
   *     itself is no class, and never right
   * @param target of the same shape, 0 to {@code classes} − 1
   * @param classes how many classes there are, background included
   * @param ignoreIndex a target value whose pixels are left out, or null
   * @throws ShapeException if the shapes differ
   * @throws IllegalArgumentException if a label is not one of the classes
   */
  public static ConfusionTable ofLabels(
      Tensor labels, Tensor target, int classes, @Nullable Integer ignoreIndex) {
    Shape shape = SameShape.of(WHO, "labels", labels, target, 1);
    requireClasses(classes);
    float[] said = labels.toArray();
    float[] is = target.toArray();
    int plane = shape.count() / Math.max(1, shape.get(0));
    List<List<ConfusionCounts>> images = new ArrayList<>();
    for (int n = 0; n < shape.get(0); n++) {
      ConfusionCounter counter = new ConfusionCounter(classes);
      for (int i = n * plane; i < (n + 1) * plane; i++) {
        if (ignoreIndex == null || is[i] != ignoreIndex) {
          counter.count(
              whole("labels", said[i], classes, shape, i),
              whole("target", is[i], classes - 1, shape, i));
        }
      }
      images.add(counter.counts());
    }
    return new ConfusionTable(classes, images);
  }

  static int requireClasses(int classes) {
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          WHO + ": classes is " + classes + ", must be in 1.." + MOST_CLASSES);
    }
    return classes;
  }

  private static int whole(String what, float label, int most, Shape shape, int at) {
    if (label != (int) label || label < 0 || label > most) {
      throw new IllegalArgumentException(
          WHO
              + ": "
              + what
              + " is "
              + (label == (int) label ? String.valueOf((int) label) : String.valueOf(label))
              + " at "
              + shape.index(at)
              + "; must be a class 0.."
              + most);
    }
    return (int) label;
  }

  /**
   * Returns this with the images of another below.
   *
   * @throws IllegalArgumentException if it has another number of classes
   */
  public ConfusionTable plus(ConfusionTable other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          WHO + ": the other has " + other.classes + " classes, must have " + classes);
    }
    List<List<ConfusionCounts>> all = new ArrayList<>(images);
    all.addAll(other.images);
    return new ConfusionTable(classes, all);
  }

  /** Returns a table in which all images are one. */
  public ConfusionTable pooled() {
    return ofCounts(IntStream.range(0, classes).mapToObj(this::total).toList());
  }

  /** Returns how many images there are. */
  public int images() {
    return images.size();
  }

  /** Returns how many classes there are, background included. */
  public int classes() {
    return classes;
  }

  /** Returns the counts of one image and class. */
  public ConfusionCounts counts(int image, int label) {
    if (image < 0 || image >= images.size()) {
      throw new IllegalArgumentException(
          WHO + ": image is " + image + ", must be in 0.." + (images.size() - 1));
    }
    requireClass(label);
    return images.get(image).get(label);
  }

  /** Returns the counts of a class over all images. */
  public ConfusionCounts total(int label) {
    requireClass(label);
    return images.stream()
        .map(image -> image.get(label))
        .reduce(ConfusionCounts.NONE, ConfusionCounts::plus);
  }

  private void requireClass(int label) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          WHO + ": label is " + label + ", must be a class 0.." + (classes - 1));
    }
  }

  /** Returns the counts of each class of an image. */
  List<ConfusionCounts> image(int image) {
    return Collections.unmodifiableList(images.get(image));
  }
}
