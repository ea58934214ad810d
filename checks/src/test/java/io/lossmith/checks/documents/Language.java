package io.lossmith.checks.documents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A language that snippets are compiled from. */
enum Language {
  JAVA(".java") {
    @Override
    String type(String name) {
      return "public final class " + name + " extends Given {";
    }

    @Override
    String method(String name) {
      return "public void " + name + "() throws Exception {";
    }
  },
  KOTLIN(".kt") {
    @Override
    String type(String name) {
      return "class " + name + " : Given() {";
    }

    @Override
    String method(String name) {
      return "fun " + name + "() {";
    }
  };

  private static final List<String> PACKAGES =
      List.of(
          "io.lossmith.autodiff",
          "io.lossmith.autodiff.optimizer",
          "io.lossmith.cookbook",
          "io.lossmith.core",
          "io.lossmith.core.engine",
          "io.lossmith.losses",
          "io.lossmith.losses.metrics");

  /** A call with a number behind it. */
  private static final Pattern CLAIM =
      Pattern.compile("^( *)([\\w.]+\\(.*\\));? +// (-?\\d+(?:\\.\\d+)?)$");

  /** How source files end. */
  final String ending;

  Language(String ending) {
    this.ending = ending;
  }

  abstract String type(String name);

  abstract String method(String name);

  /** Returns the snippets of a document in this language. */
  Stream<Snippet> in(Document document) {
    return document.snippets().stream()
        .filter(snippet -> snippet.language().equals(name().toLowerCase(Locale.ROOT)));
  }

  /** Returns what the method of a snippet is called. */
  static String method(Snippet snippet) {
    return "line" + snippet.line();
  }

  /** Returns what the class of a document is called. */
  String type(Document document) {
    return name().charAt(0) + "_" + document.name().replaceAll("\\W", "_");
  }

  /**
   * Returns the snippets of a document as one class, each line where it is in the document, so that
   * compilers name the right one: a fence that opens begins a method, one that closes ends it, and
   * what stands between snippets is left empty. Methods in snippets are methods of the class.
   */
  String source(Document document) {
    List<String> lines = new ArrayList<>(Collections.nCopies(document.length(), ""));
    List<String> imports = new ArrayList<>();
    in(document)
        .forEach(
            snippet -> {
              int at = snippet.line() - 1;
              if (!snippet.isMembers()) {
                lines.set(at, method(method(snippet)) + " " + snippet.given());
              }
              for (String line : snippet.lines()) {
                boolean isImport = line.startsWith("import ");
                if (isImport) {
                  imports.add(line.replace(";", ""));
                }
                lines.set(++at, isImport ? "" : expectation(line));
              }
              if (!snippet.isMembers()) {
                lines.set(at + 1, "}");
              }
            });
    lines.set(0, header(imports) + type(type(document)) + lines.get(0));
    return String.join("\n", lines) + "}\n";
  }

  private String header(List<String> imports) {
    List<String> all = new ArrayList<>(List.of("package " + Given.class.getPackageName()));
    PACKAGES.forEach(name -> all.add("import " + name + ".*"));
    if (this == JAVA) {
      all.add("import java.util.*");
    }
    all.addAll(imports);
    return String.join("; ", all) + "; ";
  }

  /** Makes {@code y.item(); // 2} a check. */
  private static String expectation(String line) {
    return CLAIM.matcher(line).replaceFirst("$1expect(\"$3\", $2);");
  }
}
