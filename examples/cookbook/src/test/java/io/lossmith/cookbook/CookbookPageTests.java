package io.lossmith.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that shows the recipes shows the sources, and says how many lines they take. */
class CookbookPageTests {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern METHOD =
      Pattern.compile("(?ms)^  (?:public |private )?static Tensor \\w+\\(.*?^  }\n");
  private static final Pattern FUNCTION = Pattern.compile("(?m)^def \\w+\\(.*\n(?:(?:    .*)?\n)*");

  @Test
  void thePageShowsEachRecipeAsItIsCompiled() throws IOException {
    List<String> missing = new ArrayList<>(methods());
    missing.removeAll(blocks());
    assertThat(missing).as("what docs/cookbook.md does not show word for word").isEmpty();
  }

  @Test
  void javaTakesAQuarterMoreLinesThanPyTorchAtMost() throws IOException {
    long java = methods().stream().mapToLong(method -> lines(method, "//")).sum();
    long python =
        found(FUNCTION, Files.readString(MODULE.resolve("src/test/python/formulas.py"))).stream()
            .mapToLong(function -> lines(function, "#"))
            .sum();
    assertThat(java).isLessThanOrEqualTo(python * 5 / 4);
    assertThat(page()).contains("takes " + java + " lines for them, PyTorch " + python + " ([");
  }

  @Test
  void anUnequalBlockIsFound() throws IOException {
    String changed = page().replace("rsub(1)", "rsub(2)");
    assertThat(blocks(changed).containsAll(methods())).isFalse();
  }

  private static String page() throws IOException {
    return Files.readString(MODULE.resolve("../../docs/cookbook.md"));
  }

  private static List<String> blocks() throws IOException {
    return blocks(page());
  }

  private static List<String> blocks(String page) {
    return BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
  }

  /** Returns the recipes and what they share, without the indentation of their class. */
  private static List<String> methods() throws IOException {
    List<String> methods = found(METHOD, text(MODULE.resolve("src/main/java")));
    return methods.stream().map(method -> method.indent(-2)).toList();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static String text(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    List<String> texts = new ArrayList<>();
    for (Path file : files) {
      texts.add(Files.readString(file));
    }
    return texts.stream().collect(Collectors.joining("\n"));
  }

  private static long lines(String text, String comment) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith(comment))
        .count();
  }
}
