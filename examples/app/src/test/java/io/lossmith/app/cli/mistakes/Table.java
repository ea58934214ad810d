package io.lossmith.app.cli.mistakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one command, in a file of its name: what is written on one line, what comes of it on
 * the next, indented.
 */
final class Table {
  private static final Path FOLDER = Path.of("src/test/resources/mistakes");
  private static final String MARGIN = "  ";

  private final String command;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private Table(String command) {
    this.command = command;
  }

  /** Reads the rows of a command; none where there is no file. */
  static Table of(String command) {
    Table table = new Table(command);
    Path file = table.file();
    try {
      String said = null;
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        if (!line.startsWith(MARGIN)) {
          said = line;
        } else {
          table.rows.put(said, new Row(command, said, line.strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  Path file() {
    return FOLDER.resolve(command + ".txt");
  }

  List<Row> rows() {
    return List.copyOf(rows.values());
  }

  boolean has(String arguments) {
    return rows.containsKey(arguments);
  }

  /**
   * Writes what came out where it is not what the table says; first the rows that must be there.
   */
  void accept(List<String> needed, Function<Row, String> outcome) throws IOException {
    List<String> all = new ArrayList<>(needed);
    rows.keySet().stream().filter(one -> !needed.contains(one)).forEach(all::add);
    List<String> lines = new ArrayList<>();
    for (String arguments : all) {
      lines.add(arguments);
      lines.add(MARGIN + accepted(arguments, rows.get(arguments), outcome));
    }
    Files.createDirectories(FOLDER);
    Files.write(file(), lines);
  }

  private String accepted(String arguments, @Nullable Row row, Function<Row, String> outcome) {
    if (row != null && !row.isRun()) {
      return row.outcome();
    }
    String is = outcome.apply(new Row(command, arguments, ""));
    return row != null && row.is(is) ? row.outcome() : is;
  }
}
