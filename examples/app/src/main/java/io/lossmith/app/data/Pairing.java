package io.lossmith.app.data;

import io.lossmith.app.formats.Formats;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which mask is whose: names are equal, but for the ending and what all masks have after the name,
 * such as {@code _mask}.
 */
final class Pairing {
  private static final String OPTION = "--mask-suffix";

  private final Path images;
  private final Path masks;
  private final SortedMap<String, Path> pictures;
  private final SortedMap<String, Path> truths;
  private final boolean sameFolder;
  private final String what;

  /** A picture's file and its mask's. */
  record Pair(Path picture, Path mask) {}

  private Pairing(Path images, Path masks, String what) {
    this.what = what;
    this.images = images;
    this.masks = masks;
    this.sameFolder = isSame(images, masks);
    this.pictures = ImageFolder.list(images);
    this.truths = sameFolder ? pictures : ImageFolder.list(masks);
  }

  /**
   * Pairs the files of two folders, or of one; nothing is read yet.
   *
   * @param suffix what masks have after the name; null where that is still to be found
   * @throws BadInput if a picture has no mask, or it is not clear which
   */
  static SortedMap<String, Pair> of(Path images, Path masks, @Nullable String suffix) {
    return of(images, masks, suffix, "mask");
  }

  /**
   * Pairs predicted masks with true ones.
   *
   * @throws BadInput if either side lacks one
   */
  static SortedMap<String, Pair> ofAll(Path predictions, Path truth, @Nullable String suffix) {
    SortedMap<String, Pair> pairs = of(predictions, truth, suffix, "truth");
    Set<Path> used = new HashSet<>();
    pairs.values().forEach(pair -> used.addAll(List.of(pair.picture(), pair.mask())));
    for (Path file : ImageFolder.files(truth)) {
      if (!used.contains(file)) {
        throw new BadInput(
            file
                + ": has no prediction; "
                + predictions
                + " must hold a picture named "
                + ImageFolder.name(truth, file)
                + ".");
      }
    }
    return pairs;
  }

  private static SortedMap<String, Pair> of(
      Path images, Path masks, @Nullable String suffix, String what) {
    if (Files.isRegularFile(images) && Files.isRegularFile(masks) && !isSame(images, masks)) {
      return new TreeMap<>(Map.of(ImageFolder.list(images).firstKey(), new Pair(images, masks)));
    }
    if (suffix == null && isSame(images, masks)) {
      SortedMap<String, Pair> pairs = byEnding(images);
      if (!pairs.isEmpty()) {
        return pairs;
      }
    }
    Pairing pairing = new Pairing(images, masks, what);
    return pairing.pairs(suffix == null ? pairing.suffix() : suffix);
  }

  /** Photographs are JPEG files, and their masks beside them, of equal names, are not. */
  private static SortedMap<String, Pair> byEnding(Path folder) {
    SortedMap<String, Path> photographs = new TreeMap<>();
    SortedMap<String, Path> others = new TreeMap<>();
    for (Path file : ImageFolder.files(folder)) {
      String name = ImageFolder.name(folder, file);
      boolean photograph = Formats.isLossy(file);
      if ((photograph ? photographs : others).put(name, file) != null) {
        return new TreeMap<>();
      }
    }
    SortedMap<String, Pair> pairs = new TreeMap<>();
    if (photographs.keySet().equals(others.keySet())) {
      photographs.forEach(
          (name, file) ->
              pairs.put(name, new Pair(file, Objects.requireNonNull(others.get(name)))));
    }
    return pairs;
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      throw new BadInput(one + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }

  private SortedMap<String, Pair> pairs(String suffix) {
    SortedMap<String, Pair> pairs = new TreeMap<>();
    pictures.forEach(
        (name, file) -> {
          boolean mask = sameFolder && name.endsWith(suffix) && !suffix.isEmpty();
          if (!mask) {
            pairs.put(name, new Pair(file, mask(name, suffix)));
          }
        });
    if (pairs.isEmpty()) {
      throw new BadInput(
          images + ": all names end with " + suffix + ", so there are masks but no pictures.");
    }
    return pairs;
  }

  private Path mask(String name, String suffix) {
    Path mask = truths.get(name + suffix);
    if (mask == null) {
      throw new BadInput(
          pictures.get(name)
              + ": has no "
              + what
              + "; "
              + masks
              + " must hold a picture named "
              + name
              + suffix
              + (suffix.isEmpty() && Collections.disjoint(pictures.keySet(), truths.keySet())
                  ? ", or " + OPTION + " say what names of masks end with"
                  : "")
              + ".");
    }
    return mask;
  }

  /** Finds what masks have after the name; nothing, where they have equal names. */
  private String suffix() {
    if (!sameFolder && truths.keySet().containsAll(pictures.keySet())) {
      return "";
    }
    List<String> found = new ArrayList<>();
    for (String candidate : candidates()) {
      if (fits(candidate)) {
        found.add(candidate);
      }
    }
    if (found.size() > 1) {
      throw new BadInput(
          masks
              + ": names of masks may end with "
              + String.join(" or ", found)
              + "; give "
              + OPTION
              + " "
              + found.get(0)
              + ".");
    }
    if (found.isEmpty() && sameFolder) {
      throw new BadInput(
          images
              + ": is the folder of pictures and of masks, so names must tell which is which; give"
              + " another folder, or "
              + OPTION
              + ", such as _mask.");
    }
    return found.isEmpty() ? "" : found.get(0);
  }

  /** What stands after the first picture's name in names of masks, if there is a letter in it. */
  private SortedSet<String> candidates() {
    SortedSet<String> candidates = new TreeSet<>();
    String first = pictures.firstKey();
    for (String name : truths.keySet()) {
      String rest = name.startsWith(first) ? name.substring(first.length()) : "";
      if (rest.chars().anyMatch(Character::isLetter) && rest.indexOf('/') < 0) {
        candidates.add(rest);
      }
    }
    return candidates;
  }

  private boolean fits(String suffix) {
    Set<String> names = truths.keySet();
    return pictures.keySet().stream()
        .allMatch(
            name ->
                sameFolder && name.endsWith(suffix)
                    ? names.contains(name.substring(0, name.length() - suffix.length()))
                    : names.contains(name + suffix));
  }
}
