package io.lossmith.app.data;

import io.lossmith.app.formats.Formats;
import io.lossmith.app.formats.PictureFile;
import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files of several pictures as sets of pictures: those of {@code NAME} are {@code NAME-0001} and
 * on. Not asked for, a file must hold one.
 *
 * @param asked whether files may hold several
 */
public record Stacks(boolean asked) {
  /** Files of one picture each. */
  public static final Stacks NONE = new Stacks(false);

  /** A picture and its mask, by the name that they have together. */
  record Pair(String name, Source picture, Source mask) {}

  /**
   * Returns the pictures of files by name.
   *
   * @throws BadInput if a file cannot be read
   */
  public SortedMap<String, Source> pictures(SortedMap<String, Path> files) {
    SortedMap<String, Source> pictures = new TreeMap<>();
    files.forEach(
        (name, file) -> {
          int count = count(file);
          for (int page = 0; page < count; page++) {
            pictures.put(name(name, page, count), source(file, page, count));
          }
        });
    return pictures;
  }

  /**
   * Returns the pictures of files with their masks, in order.
   *
   * @throws BadInput if a file cannot be read, or masks are not as many as pictures
   */
  List<Pair> pairs(SortedMap<String, Pairing.Pair> files) {
    List<Pair> pairs = new ArrayList<>();
    files.forEach((name, pair) -> add(pairs, name, pair));
    return pairs;
  }

  /**
   * Pairs what has equal names once files of several are taken apart, as a stack and the masks that
   * predict makes of it; none where stacks were not asked for or names differ.
   */
  List<Pair> pairsOfEqualNames(Path predictions, Path truth) {
    if (!asked || predictions.equals(truth)) {
      return List.of();
    }
    SortedMap<String, Source> left = pictures(ImageFolder.list(predictions));
    SortedMap<String, Source> right = pictures(ImageFolder.list(truth));
    if (!left.keySet().equals(right.keySet())) {
      return List.of();
    }
    List<Pair> pairs = new ArrayList<>();
    left.forEach(
        (name, source) ->
            pairs.add(new Pair(name, source, Objects.requireNonNull(right.get(name)))));
    return pairs;
  }

  private void add(List<Pair> pairs, String name, Pairing.Pair files) {
    int count = count(files.picture());
    int masks = count(files.mask());
    if (masks != count) {
      throw new BadInput(
          files.mask()
              + ": holds "
              + masks
              + " masks, its file of pictures "
              + files.picture()
              + " holds "
              + count
              + "; the numbers must be equal.");
    }
    for (int page = 0; page < count; page++) {
      pairs.add(
          new Pair(
              name(name, page, count),
              source(files.picture(), page, count),
              source(files.mask(), page, count)));
    }
  }

  private int count(Path file) {
    return asked ? Formats.ask(file, PictureFile::pictures) : 1;
  }

  private static String name(String name, int page, int count) {
    return count == 1 ? name : "%s-%04d".formatted(name, page + 1);
  }

  private static Source source(Path file, int page, int count) {
    return count == 1 ? Source.of(file) : new Source(file, page);
  }
}
