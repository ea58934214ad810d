package io.lossmith.checks.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.checks.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages point to is there: files, headings, classes and their members, our own artifact. */
class ReferencesTests {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  /** {@code Planner.plan}, but not {@code NaN} or {@code ENTRY}. */
  private static final Pattern NAME =
      Pattern.compile("(?<!`)`([A-Z][A-Z]?[a-z]\\w*(?:\\.\\w+)*)(?:\\([^`]*\\))?`(?!`)");

  private static final Pattern TYPE =
      Pattern.compile("(?m)^\\s*(?:[a-z@-]+ )*(?:class|interface|@interface|enum|record) (\\w+)");

  /** Pages whose names are of other libraries as well. */
  private static final Pattern OTHERS =
      Pattern.compile("docs/(coming-from|cookbook|benchmarks|djl|dl4j)\\.md|CHANGELOG\\.md");

  private static final Pattern PROPERTY = Pattern.compile("<([\\w.]+(?:version|natives))>([^<]+)<");

  private static final List<String> PACKAGES = List.of("java.lang.", "java.nio.", "java.util.");

  @Test
  void linksLeadSomewhere() {
    assertThat(Document.pages().flatMap(ReferencesTests::deadLinks)).isEmpty();
  }

  @Test
  void namesAreThoseOfTheCode() {
    Map<String, String> types = types();
    assertThat(
            Document.pages()
                .filter(page -> !OTHERS.matcher(page.name()).matches())
                .flatMap(page -> unknownNames(page, types)))
        .isEmpty();
  }

  @Test
  void artifactsAreThoseOfTheBuild() {
    String poms = poms();
    assertThat(
            Document.pages()
                .flatMap(page -> page.snippets().stream())
                .filter(snippet -> snippet.language().equals("xml"))
                .flatMap(snippet -> snippet.lines().stream())
                .map(String::strip)
                .filter(line -> line.matches("<(groupId|artifactId|version)>.*")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(poms).contains(line));
  }

  /** Returns what they say together, with the versions that stand in properties. */
  private static String poms() {
    String poms =
        Repository.files(Pattern.compile("pom\\.xml"))
            .map(Repository::text)
            .collect(Collectors.joining());
    for (MatchResult property : PROPERTY.matcher(poms).results().toList()) {
      poms = poms.replace("${" + property.group(1) + "}", property.group(2));
    }
    return poms;
  }

  private static Stream<String> deadLinks(Document page) {
    return LINK.matcher(Repository.text(page.file()))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.startsWith("http"))
        .filter(link -> !leads(page.file(), link))
        .map(link -> page.name() + ": " + link);
  }

  private static boolean leads(Path from, String link) {
    String[] parts = link.split("#", 2);
    Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
    if (!Files.exists(to) || parts.length == 1) {
      return Files.exists(to);
    }
    return HEADING
        .matcher(Repository.text(to))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .anyMatch(parts[1]::equals);
  }

  private static Stream<String> unknownNames(Document page, Map<String, String> types) {
    return NAME.matcher(Repository.text(page.file()))
        .results()
        .map(name -> name.group(1))
        .distinct()
        .filter(name -> !isKnown(name, types))
        .map(name -> page.name() + ": " + name);
  }

  /** A type of ours with what follows in its file, or a type of the JDK. */
  private static boolean isKnown(String name, Map<String, String> types) {
    List<String> parts = new ArrayList<>(List.of(name.split("\\.")));
    String type = parts.remove(0);
    String texts = types.get(type);
    if (texts == null) {
      return PACKAGES.stream().anyMatch(folder -> exists(folder + type));
    }
    return parts.stream()
        .allMatch(part -> Pattern.compile("\\b" + part + "\\b").matcher(texts).find());
  }

  private static boolean exists(String type) {
    try {
      Class.forName(type);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Returns each type of ours with the text of the files that declare one of the name. */
  private static Map<String, String> types() {
    Map<String, String> types = new HashMap<>();
    Repository.files(Pattern.compile(".*\\.(java|kt)"))
        .map(Repository::text)
        .forEach(
            text ->
                TYPE.matcher(text)
                    .results()
                    .map((MatchResult type) -> type.group(1))
                    .forEach(type -> types.merge(type, text, String::concat)));
    return types;
  }
}
