package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Predicted masks and true ones from two folders, matched by file name without the ending. */
public final class MaskPairs {
  private final SortedMap<String, Stacks.Pair> pairs = new TreeMap<>();

  /** A predicted mask and the true one, of one size. */
  public record Pair(Mask prediction, Mask truth) {}

  /**
   * Matches the pictures of two folders; nothing is read yet.
   *
   * @param suffix what names of true masks have after those of predictions; null where it is to be
   *     found
   * @throws BadInput if there is no such folder, it holds no picture, or one side lacks a picture
   */
  public MaskPairs(Path predictions, Path truth, @Nullable String suffix, Stacks stacks) {
    List<Stacks.Pair> found = stacks.pairsOfEqualNames(predictions, truth);
    if (found.isEmpty()) {
      found = stacks.pairs(Pairing.ofAll(predictions, truth, suffix));
    }
    found.forEach(pair -> pairs.put(pair.name(), pair));
  }

  /** Returns where all masks are, predicted and true. */
  public List<Source> masks() {
    return pairs.values().stream().flatMap(pair -> Stream.of(pair.picture(), pair.mask())).toList();
  }

  /** Returns the names, sorted. */
  public List<String> names() {
    return new ArrayList<>(pairs.keySet());
  }

  /**
   * Reads one pair.
   *
   * @param predicted reads the prediction
   * @param actual reads the truth
   * @throws BadInput if a file cannot be read or holds no classes, or the sizes differ
   */
  public Pair read(String name, MaskReader predicted, MaskReader actual) {
    Stacks.Pair pair = Objects.requireNonNull(pairs.get(name));
    Mask prediction = predicted.read(pair.picture());
    Mask truth = actual.read(pair.mask());
    if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
      throw new BadInput(
          pair.picture()
              + ": is "
              + prediction.size()
              + ", its truth "
              + pair.mask()
              + " is "
              + truth.size()
              + "; the sizes must be equal.");
    }
    return new Pair(prediction, truth);
  }
}
