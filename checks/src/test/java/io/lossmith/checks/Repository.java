package io.lossmith.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of this repository, less what builds and tools leave in it. */
public final class Repository {
  /** The folder that holds all. */
  public static final Path ROOT = root();

  private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".lossmith", "target");

  private Repository() {}

  /** Returns the files that have such a name, folder by folder. */
  public static Stream<Path> files(Pattern name) {
    return list(ROOT).stream()
        .filter(file -> name.matcher(file.getFileName().toString()).matches());
  }

  /** Returns a file's way from the root, with slashes. */
  public static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  /** Returns what is in a file. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !NOT_OURS.contains(entry.getFileName().toString()))
          .sorted()
          .flatMap(entry -> Files.isDirectory(entry) ? list(entry).stream() : Stream.of(entry))
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(".editorconfig"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
