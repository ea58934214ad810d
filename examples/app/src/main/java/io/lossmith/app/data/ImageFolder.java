package io.lossmith.app.data;

import io.lossmith.app.formats.Formats;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.NoFile;
import io.lossmith.app.io.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The pictures of a folder by name, without their endings: those in it or, where there is none,
 * those in its sub-folders, as {@code folder/name}. Files that are no pictures and hidden ones are
 * passed. Where a file is given instead of a folder, it is the only one.
 */
public final class ImageFolder {
  private ImageFolder() {}

  /**
   * Lists a folder, sorted by name.
   *
   * @throws BadInput if there is no such folder, it holds no picture, or two of one name
   */
  public static SortedMap<String, Path> list(Path folder) {
    SortedMap<String, Path> pictures = new TreeMap<>();
    for (Path file : files(folder)) {
      Path other = pictures.put(name(folder, file), file);
      if (other != null) {
        throw new BadInput(
            folder
                + ": holds "
                + folder.relativize(other)
                + " and "
                + folder.relativize(file)
                + ", must hold one picture of a name; remove one.");
      }
    }
    return pictures;
  }

  /**
   * Returns all pictures of a folder, sorted.
   *
   * @throws BadInput if there is no such folder or it holds no picture
   */
  static List<Path> files(Path folder) {
    if (Files.isRegularFile(folder)) {
      return List.of(folder);
    }
    if (!Files.isDirectory(folder)) {
      throw NoFile.at(
          folder,
          "there is no such folder",
          "is neither a folder nor a plain file, must be a folder of pictures or a picture");
    }
    List<Path> pictures = pictures(folder, 1);
    if (pictures.isEmpty()) {
      pictures = pictures(folder, Integer.MAX_VALUE);
    }
    if (pictures.isEmpty()) {
      throw new BadInput(folder + ": holds no picture (" + Formats.NAMES + ").");
    }
    return pictures;
  }

  private static List<Path> pictures(Path folder, int depth) {
    List<Path> pictures = new ArrayList<>();
    for (Path file : entries(folder, depth)) {
      if (Formats.isRead(file)) {
        pictures.add(file);
      } else if (Formats.notRead(file) != null) {
        throw new BadInput(
            file
                + ": is "
                + Formats.notRead(file)
                + ", must be one of "
                + Formats.NAMES
                + "; convert it, or take it out of the folder.");
      }
    }
    return pictures;
  }

  private static List<Path> entries(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> !isHidden(folder.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw new BadInput(folder + ": cannot be read; " + Reasons.of(e.getCause()) + ".", e);
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }

  private static boolean isHidden(Path within) {
    return StreamSupport.stream(within.spliterator(), false)
        .anyMatch(part -> part.toString().startsWith("."));
  }

  /**
   * Returns a file's name without its ending. Accents are in one form: Macs write them apart from
   * their letters.
   */
  static String name(Path folder, Path file) {
    Path within = folder.equals(file) ? file.getFileName() : folder.relativize(file);
    String name =
        StreamSupport.stream(within.spliterator(), false)
            .map(Path::toString)
            .collect(Collectors.joining("/"));
    int dot = name.lastIndexOf('.');
    String bare = dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
    return Normalizer.normalize(bare, Normalizer.Form.NFC);
  }
}
