package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pictures of a folder by name, without their endings; other files and folders are passed. */
public final class ImageFolder {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "tif", "tiff");

  private ImageFolder() {}

  /**
   * Lists a folder, sorted by name.
   *
   * @throws BadInput if there is no such folder, it holds no picture, or two of one name
   */
  public static SortedMap<String, Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadInput(folder + ": there is no such folder.");
    }
    SortedMap<String, Path> pictures = new TreeMap<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      if (dot <= 0 || !ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
        continue;
      }
      Path other = pictures.put(name.substring(0, dot), file);
      if (other != null) {
        throw new BadInput(
            folder
                + ": holds "
                + other.getFileName()
                + " and "
                + name
                + ", must hold one picture of a name; remove one.");
      }
    }
    if (pictures.isEmpty()) {
      throw new BadInput(folder + ": holds no picture (png, jpg, jpeg, tif, tiff).");
    }
    return pictures;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }
}
