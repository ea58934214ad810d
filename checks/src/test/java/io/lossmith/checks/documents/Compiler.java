package io.lossmith.checks.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/** Compiles the snippets of documents. */
final class Compiler {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private Compiler() {}

  /**
   * Compiles the snippets of a language into a folder.
   *
   * @return what is wrong, each with document and line; empty if all is well
   */
  static List<String> compile(Language language, List<Document> documents, Path to) {
    if (documents.isEmpty()) {
      return List.of();
    }
    try {
      List<Path> files = new ArrayList<>();
      for (Document document : documents) {
        Path file = to.resolve(language.type(document) + language.ending);
        Files.writeString(file, language.source(document));
        files.add(file);
      }
      return (language == Language.JAVA ? java(files, to) : kotlin(files, to))
          .stream().map(error -> named(error, language, documents)).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> java(List<Path> files, Path to) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-d", to.toString(), "-classpath", CLASS_PATH, "-proc:none", "-nowarn");
      Iterable<? extends JavaFileObject> sources = manager.getJavaFileObjectsFromPaths(files);
      compiler.getTask(null, manager, found, options, null, sources).call();
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(
            error ->
                Path.of(error.getSource().getName()).getFileName()
                    + ":"
                    + error.getLineNumber()
                    + ": "
                    + error.getMessage(null))
        .toList();
  }

  private static List<String> kotlin(List<Path> files, Path to) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-d", to.toString(), "-classpath", CLASS_PATH, "-no-stdlib"));
    arguments.addAll(List.of("-no-reflect", "-nowarn", "-jvm-target", "17"));
    files.forEach(file -> arguments.add(file.toString()));
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    ExitCode code = new K2JVMCompiler().exec(out, arguments.toArray(String[]::new));
    return code == ExitCode.OK
        ? List.of()
        : said.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("error")).toList();
  }

  /** Puts the document's name in place of that of the file made of it. */
  private static String named(String error, Language language, List<Document> documents) {
    String named = error;
    for (Document document : documents) {
      named = named.replace(language.type(document) + language.ending, document.name());
    }
    return named;
  }
}
