package io.lossmith.app.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables as RFC 4180 has them: commas, CRLF, and quotes where a field needs them; UTF-8. */
public final class Csv {
  private Csv() {}

  /**
   * Writes a table, whole or not at all.
   *
   * @throws BadInput if that fails
   */
  public static void write(Path file, Stream<List<String>> rows) {
    AtomicFile.write(
        file,
        out -> {
          for (Iterator<List<String>> row = rows.iterator(); row.hasNext(); ) {
            out.write(line(row.next()).getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** Returns one row with its end. */
  static String line(List<String> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
