package io.lossmith.checks.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.core.engine.Engines;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Code in documents and Javadoc compiles, runs, and gives the numbers that stand behind it. */
class SnippetTests {
  private static final Set<String> LANGUAGES = Set.of("java", "kotlin", "sh", "xml", "text");

  /** Whose pages these tests are about; without one those that everybody can run. */
  private static final String LIBRARY = System.getProperty("lossmith.library", "");

  @TempDir static Path classes;
  private static URLClassLoader loader;

  @BeforeAll
  static void open() throws IOException {
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @Test
  void eachFenceSaysItsLanguage() {
    List<String> unknown =
        Document.pages()
            .flatMap(
                page ->
                    page.snippets().stream()
                        .filter(snippet -> !LANGUAGES.contains(snippet.language()))
                        .map(snippet -> page.name() + ":" + snippet.line()))
            .toList();
    assertThat(unknown).as("fences that are not one of %s", LANGUAGES).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> javaRuns() {
    return runs(Language.JAVA);
  }

  @TestFactory
  @DisabledIfSystemProperty(named = "skipKotlin", matches = ".*")
  Stream<DynamicTest> kotlinRuns() {
    return runs(Language.KOTLIN);
  }

  @Test
  void thereArePages() {
    assertThat(Document.pages().filter(page -> page.needs().equals(LIBRARY)))
        .as("pages that need \"%s\"", LIBRARY)
        .isNotEmpty();
  }

  @Test
  void mistakesAreFoundWhereTheyAre(@TempDir Path folder) {
    Snippet typo = new Snippet("java", "", 3, List.of("// fine", "p.sigmod();"));
    Document page = new Document(Path.of("page.md").toAbsolutePath(), "", 9, List.of(typo));
    assertThat(Compiler.compile(Language.JAVA, List.of(page), folder))
        .singleElement()
        .asString()
        .contains("page.md:5: ")
        .contains("sigmod");
  }

  private static Stream<DynamicTest> runs(Language language) {
    List<Document> documents =
        Document.all()
            .filter(document -> document.needs().equals(LIBRARY))
            .filter(document -> language.in(document).findAny().isPresent())
            .toList();
    List<String> errors = Compiler.compile(language, documents, classes);
    DynamicTest compiles =
        dynamicTest("all compiles", () -> assertThat(errors).as("errors").isEmpty());
    Stream<DynamicTest> runs =
        documents.stream()
            .flatMap(
                document ->
                    language
                        .in(document)
                        .filter(snippet -> !snippet.isMembers())
                        .map(snippet -> run(language, document, snippet)));
    return Stream.concat(Stream.of(compiles), errors.isEmpty() ? runs : Stream.of());
  }

  private static DynamicTest run(Language language, Document document, Snippet snippet) {
    String type = Given.class.getPackageName() + "." + language.type(document);
    return dynamicTest(
        document.name() + ":" + snippet.line(),
        () -> {
          if (snippet.lines().stream().anyMatch(line -> line.contains("\"opencl"))) {
            assumeTrue(hasDevice(), "no OpenCL device");
          }
          Class<?> made = loader.loadClass(type);
          try {
            made.getMethod(Language.method(snippet)).invoke(made.getConstructor().newInstance());
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static boolean hasDevice() {
    return Boolean.getBoolean("lossmith.opencl.required")
        || !Engines.byName("opencl").details().isEmpty();
  }
}
