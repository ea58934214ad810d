package io.lossmith.app.model;

import io.lossmith.app.train.History;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How validation scores are written in a checkpoint: the counts that they follow from. */
final class WrittenScores {
  private WrittenScores() {}

  static Map<String, Object> of(History.Validation validation) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("step", validation.step());
    one.put(
        "counts",
        IntStream.range(0, validation.counts().classes())
            .mapToObj(validation.counts()::total)
            .map(WrittenScores::of)
            .toList());
    return one;
  }

  /** How many pixels of a class were found, predicted, and true. */
  private static List<Long> of(ConfusionCounts counts) {
    long found = counts.truePositives();
    return List.of(found, found + counts.falsePositives(), found + counts.falseNegatives());
  }

  /** Reads what was written of one of so many steps, or says what is wrong with it. */
  static History.Validation read(Path file, Object one, int steps) {
    Fields fields = new Fields(file + ": a validation", one, NpzFormat.CHECKPOINT.remedy());
    List<?> counts = fields.list("counts");
    long[][] numbers = new long[counts.size()][];
    for (int label = 0; label < numbers.length; label++) {
      numbers[label] = numbers(fields, counts.get(label));
    }
    long all = Arrays.stream(numbers).mapToLong(count -> count[count.length - 1]).sum();
    List<ConfusionCounts> classes = new ArrayList<>();
    for (long[] count : numbers) {
      if (numbers.length < 2 || !isPossible(count, all)) {
        throw fields.bad("counts", counts, "found, predicted and true pixels of each class");
      }
      long wrong = count[1] - count[0];
      classes.add(
          new ConfusionCounts(count[0], wrong, count[2] - count[0], all - wrong - count[2]));
    }
    return new History.Validation(
        fields.number("step", 1, steps), ConfusionTable.ofCounts(classes));
  }

  private static boolean isPossible(long[] count, long all) {
    return count.length == 3
        && count[0] >= 0
        && count[0] <= Math.min(count[1], count[2])
        && count[1] - count[0] <= all - count[2];
  }

  private static long[] numbers(Fields fields, Object values) {
    if (!(values instanceof List<?> list)
        || !list.stream().allMatch(value -> value instanceof Integer || value instanceof Long)) {
      throw fields.bad("counts", values, "lists of whole numbers");
    }
    return list.stream().mapToLong(value -> ((Number) value).longValue()).toArray();
  }
}
