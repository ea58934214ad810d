package io.lossmith.app.verify;

import io.lossmith.app.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What PyTorch loses in float32, case by case: the numbers that {@code make_float32.py} measured.
 *
 * @param value how far a case's value is off, as {@link Result#valueDeviation} says it
 * @param gradient how far its gradient is off; null where the case has none
 */
record Float32(double value, @Nullable Double gradient) {
  private static final Path FILE = Path.of("../../losses/src/test/resources/float32.jsonl");

  /** Returns the errors of each case by its id. */
  static Map<String, Float32> all() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    Map<String, Float32> all = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) { // the first has the versions
      Map<?, ?> fields = (Map<?, ?>) Json.read(line);
      Number gradient = (Number) fields.get("gradient");
      all.put(
          (String) fields.get("id"),
          new Float32(
              ((Number) fields.get("value")).doubleValue(),
              gradient == null ? null : gradient.doubleValue()));
    }
    return all;
  }
}
