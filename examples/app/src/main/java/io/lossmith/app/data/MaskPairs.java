package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

/** Predicted masks and true ones from two folders, matched by file name without the ending. */
public final class MaskPairs {
  private final SortedMap<String, Path> predictions;
  private final SortedMap<String, Path> truths;
  private final MaskReader predicted;
  private final MaskReader actual;

  /** A predicted mask and the true one, of one size. */
  public record Pair(Mask prediction, Mask truth) {}

  private MaskPairs(
      SortedMap<String, Path> predictions,
      SortedMap<String, Path> truths,
      MaskReader predicted,
      MaskReader actual) {
    this.predictions = predictions;
    this.truths = truths;
    this.predicted = predicted;
    this.actual = actual;
  }

  /**
   * Matches the pictures of two folders; nothing is read yet.
   *
   * @param classes as {@link MaskReader} takes them
   * @param ignored labels beyond the classes that may stand in the truth
   * @throws BadInput if there is no such folder, it holds no picture, or one side lacks a picture
   */
  public static MaskPairs of(Path predictions, Path truth, int classes, Set<Integer> ignored) {
    SortedMap<String, Path> left = ImageFolder.list(predictions);
    SortedMap<String, Path> right = ImageFolder.list(truth);
    requireEach(left, right, truth, "truth");
    requireEach(right, left, predictions, "prediction");
    return new MaskPairs(
        left,
        right,
        new MaskReader(classes, false, Set.of()),
        new MaskReader(classes, false, ignored));
  }

  private static void requireEach(
      SortedMap<String, Path> ones, SortedMap<String, Path> others, Path folder, String what) {
    for (Map.Entry<String, Path> one : ones.entrySet()) {
      if (!others.containsKey(one.getKey())) {
        throw new BadInput(
            one.getValue()
                + ": has no "
                + what
                + "; "
                + folder
                + " must hold a picture named "
                + one.getKey()
                + ".");
      }
    }
  }

  /** Returns the names, sorted. */
  public List<String> names() {
    return new ArrayList<>(predictions.keySet());
  }

  /**
   * Reads one pair.
   *
   * @throws BadInput if a file cannot be read or holds no classes, or the sizes differ
   */
  public Pair read(String name) {
    Path file = Objects.requireNonNull(predictions.get(name));
    Path truthFile = Objects.requireNonNull(truths.get(name));
    Mask prediction = predicted.read(file);
    Mask truth = actual.read(truthFile);
    if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
      throw new BadInput(
          file
              + ": is "
              + prediction.size()
              + ", its truth "
              + truthFile
              + " is "
              + truth.size()
              + "; the sizes must be equal.");
    }
    return new Pair(prediction, truth);
  }
}
