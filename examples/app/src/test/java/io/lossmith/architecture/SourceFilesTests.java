package io.lossmith.architecture;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the files of the whole repository, whatever is in them. */
class SourceFilesTests {
  private static final int LINES_TO_ASK_ABOUT = 400;
  private static final int LINES_TOO_MANY = 600;
  private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".lossmith", "target");
  private static final Pattern CODE = Pattern.compile(".*\\.(java|kt)");
  private static final Pattern TEXT =
      Pattern.compile(".*\\.(java|kt|kts|xml|md|py|sh|yml|yaml|properties|config)|lossmith|run");
  private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

  private final Path root = root();

  @Test
  void filesStayShort() {
    List<String> long400 =
        files(CODE).filter(longerThan(LINES_TO_ASK_ABOUT)).map(this::name).toList();
    long400.forEach(file -> System.out.println("[WARNING] over 400 lines: " + file));
    assertThat(files(CODE).filter(longerThan(LINES_TOO_MANY)).map(this::name)).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(files(TEXT).filter(file -> LATER.matcher(text(file)).find()).map(this::name))
        .isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    files(Pattern.compile(".*\\.java"))
        .filter(file -> name(file).contains("src/main/java/"))
        .filter(file -> !isMarked(file.resolveSibling("package-info.java")))
        .filter(file -> !isMarked(sourceFolder(file).resolve("module-info.java")))
        .forEach(file -> unmarked.add(name(file.getParent())));
    assertThat(unmarked)
        .as("packages without @NullMarked in package-info or module-info")
        .isEmpty();
  }

  private static boolean isMarked(Path file) {
    return Files.exists(file) && text(file).contains("NullMarked");
  }

  private static Path sourceFolder(Path file) {
    Path folder = file.getParent();
    while (!folder.endsWith(Path.of("src", "main", "java"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static Predicate<Path> longerThan(int lines) {
    return file -> text(file).lines().count() > lines;
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private Stream<Path> files(Pattern pattern) {
    return list(root).stream()
        .filter(file -> pattern.matcher(file.getFileName().toString()).matches());
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !NOT_OURS.contains(entry.getFileName().toString()))
          .sorted()
          .flatMap(entry -> Files.isDirectory(entry) ? list(entry).stream() : Stream.of(entry))
          .collect(toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
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
