package io.lossmith.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for the files of the whole repository, whatever is in them. */
class SourceFilesTests {
  private static final int LINES_TO_ASK_ABOUT = 400;
  private static final int LINES_TOO_MANY = 600;
  private static final Pattern CODE = Pattern.compile(".*\\.(java|kt)");
  private static final Pattern TEXT =
      Pattern.compile(".*\\.(java|kt|kts|xml|md|py|sh|yml|yaml|properties|config)|lossmith|run");
  private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

  @Test
  void filesStayShort() {
    List<String> long400 =
        Repository.files(CODE)
            .filter(longerThan(LINES_TO_ASK_ABOUT))
            .map(Repository::name)
            .toList();
    long400.forEach(file -> System.out.println("[WARNING] over 400 lines: " + file));
    assertThat(Repository.files(CODE).filter(longerThan(LINES_TOO_MANY)).map(Repository::name))
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(
            Repository.files(TEXT)
                .filter(file -> LATER.matcher(Repository.text(file)).find())
                .map(Repository::name))
        .isEmpty();
  }

  @Test
  void noTwoTypesHaveOneName() {
    Map<String, Long> named =
        Repository.files(Pattern.compile(".*\\.java"))
            .filter(file -> Repository.name(file).contains("src/main/java/"))
            .map(file -> file.getFileName().toString())
            .filter(name -> !name.endsWith("-info.java"))
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    named.values().removeIf(count -> count == 1);
    assertThat(named).as("files of one name: a reader finds a thing by its name").isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    Repository.files(Pattern.compile(".*\\.java"))
        .filter(file -> Repository.name(file).contains("src/main/java/"))
        .filter(file -> !isMarked(file.resolveSibling("package-info.java")))
        .filter(file -> !isMarked(sourceFolder(file).resolve("module-info.java")))
        .forEach(file -> unmarked.add(Repository.name(file.getParent())));
    assertThat(unmarked)
        .as("packages without @NullMarked in package-info or module-info")
        .isEmpty();
  }

  private static boolean isMarked(Path file) {
    return Files.exists(file) && Repository.text(file).contains("NullMarked");
  }

  private static Path sourceFolder(Path file) {
    Path folder = file.getParent();
    while (!folder.endsWith(Path.of("src", "main", "java"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static Predicate<Path> longerThan(int lines) {
    return file -> Repository.text(file).lines().count() > lines;
  }
}
