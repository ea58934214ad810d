package io.lossmith.checks.documents;

import io.lossmith.checks.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that a page tells to type.
 *
 * @param where page and line
 * @param isWhole whether it stands in a block, to be copied; else within a sentence, perhaps
 *     without all that it needs
 * @param words the program and its arguments, without settings of the environment
 */
record ShellCommand(String where, boolean isWhole, List<String> words) {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|&&|[|;]|[^\\s|;]+");
  private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`]+)`(?!`)");
  private static final Pattern PROGRAM =
      Pattern.compile("(\\./|mvn |python |java -|autodiff/|\\.ci/).*");

  /** Returns the commands of all pages. */
  static List<ShellCommand> all() {
    return Document.pages()
        .flatMap(page -> Stream.concat(inBlocks(page), inSentences(page)))
        .toList();
  }

  private static Stream<ShellCommand> inBlocks(Document page) {
    return page.snippets().stream()
        .filter(snippet -> snippet.language().equals("sh"))
        .flatMap(
            snippet -> {
              String where = page.name() + ":" + snippet.line();
              String lines = String.join("\n", snippet.lines()).replace("\\\n", " ");
              return lines.lines().flatMap(line -> of(where, true, line));
            });
  }

  private static Stream<ShellCommand> inSentences(Document page) {
    List<ShellCommand> commands = new ArrayList<>();
    List<String> lines = Repository.text(page.file()).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String where = page.name() + ":" + (i + 1);
      SPAN.matcher(lines.get(i))
          .results()
          .map(span -> span.group(1))
          .filter(span -> PROGRAM.matcher(span).matches())
          .flatMap(span -> of(where, false, span))
          .forEach(commands::add);
    }
    return commands.stream();
  }

  /** Returns the commands of a line, which may be several with {@code &&} or {@code |}. */
  static Stream<ShellCommand> of(String where, boolean isWhole, String line) {
    List<ShellCommand> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      String text = word.group();
      if (text.equals("&&") || text.equals("|") || text.equals(";")) {
        commands.add(new ShellCommand(where, isWhole, List.copyOf(words)));
        words.clear();
      } else if (!words.isEmpty() || !text.matches("\\w+=.*")) {
        words.add(text.replaceAll("^['\"]|['\"]$", ""));
      }
    }
    if (!words.isEmpty()) {
      commands.add(new ShellCommand(where, isWhole, List.copyOf(words)));
    }
    return commands.stream();
  }

  String program() {
    return words.get(0);
  }

  List<String> arguments() {
    return words.subList(1, words.size());
  }

  @Override
  public String toString() {
    return where + " " + String.join(" ", words);
  }
}
