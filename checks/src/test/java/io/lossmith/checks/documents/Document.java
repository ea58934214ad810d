package io.lossmith.checks.documents;

import io.lossmith.checks.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file with code for readers: a page of Markdown with its fences, or a public source file with
 * the {@code <pre>{@code …}</pre>} of its Javadoc. What a snippet uses and does not make is in
 * {@link Given}, or in a comment somewhere between it and the snippet before:
 *
 * <pre>{@code
 * <!-- given: float[] gradient = new float[64]; -->
 * }</pre>
 *
 * <p>A page that needs more says so on a line, {@code <!-- needs: dl4j -->}: its code runs where
 * that library is, in a JVM of its own.
 *
 * @param file where it is
 * @param needs the library that its code uses, or nothing
 * @param length how many lines it has
 * @param snippets the code in it, in order
 */
record Document(Path file, String needs, int length, List<Snippet> snippets) {
  private static final Pattern FENCE = Pattern.compile("```(\\w*)");
  private static final Pattern GIVEN = Pattern.compile("(?s)<!-- given: (.*?) -->");
  private static final Pattern NEEDS = Pattern.compile("<!-- needs: (\\w+) -->");
  private static final Pattern PAGE = Pattern.compile(".*\\.md");
  private static final Pattern SOURCE = Pattern.compile(".*\\.java");

  /** Returns all pages. */
  static Stream<Document> pages() {
    return Repository.files(PAGE).map(Document::page);
  }

  /** Returns all pages, and what is published. */
  static Stream<Document> all() {
    Stream<Document> javadoc =
        Repository.files(SOURCE)
            .filter(file -> Repository.name(file).matches("[^/]+/src/main/java/.*"))
            .map(Document::source);
    return Stream.concat(pages(), javadoc).filter(document -> !document.snippets.isEmpty());
  }

  /** Returns what it is called in reports. */
  String name() {
    return Repository.name(file);
  }

  private static Document page(Path file) {
    List<String> lines = Repository.text(file).lines().toList();
    List<Snippet> snippets = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int from = i;
        do {
          i++;
        } while (i < lines.size() && !lines.get(i).equals("```"));
        String given = given(lines.subList(end, from));
        snippets.add(new Snippet(fence.group(1), given, from + 1, lines.subList(from + 1, i)));
        end = i;
      }
    }
    return new Document(file, needs(lines), lines.size(), snippets);
  }

  private static Document source(Path file) {
    List<String> lines = Repository.text(file).lines().map(Document::withoutStar).toList();
    List<Snippet> snippets = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("<pre>{@code")) {
        int from = i;
        do {
          i++;
        } while (!lines.get(i).equals("}</pre>"));
        String given = given(lines.subList(end, from));
        snippets.add(new Snippet("java", given, from + 1, lines.subList(from + 1, i)));
        end = i;
      }
    }
    return new Document(file, "", lines.size(), snippets);
  }

  private static String needs(List<String> lines) {
    return lines.stream()
        .map(NEEDS::matcher)
        .filter(Matcher::matches)
        .map(needs -> needs.group(1))
        .findFirst()
        .orElse("");
  }

  private static String withoutStar(String line) {
    return line.replaceFirst("^ *\\* ?", "");
  }

  private static String given(List<String> before) {
    Matcher given = GIVEN.matcher(String.join(" ", before));
    StringBuilder all = new StringBuilder();
    while (given.find()) {
      all.append(given.group(1)).append(' ');
    }
    return all.toString();
  }
}
