package io.lossmith.app.model;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.train.History;
import io.lossmith.app.train.TrainingState;
import io.lossmith.app.train.UNet;
import io.lossmith.autodiff.optimizer.CurrentRate;
import io.lossmith.autodiff.optimizer.Optimizer;
import io.lossmith.autodiff.optimizer.Scores;
import io.lossmith.core.Shape;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All that training needs to go on, in one file.
 *
 * @param network whose parameters they are
 * @param channels of a picture
 * @param run what the training was asked for
 * @param seconds that it took so far
 * @param finished whether its results are written
 * @param state where it stands
 */
public record Checkpoint(
    UNet network, int channels, Run run, double seconds, boolean finished, TrainingState state) {

  /**
   * What stays the same from the first step to the last.
   *
   * @param options of the command line that have an effect on the result, each with its values
   * @param pictures a line for each picture, which differs when the picture does
   */
  public record Run(Map<String, List<String>> options, List<String> pictures) {}

  /** Writes the file, in place of an older one; at any moment one of the two is there, whole. */
  public void write(Path file) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("format", NpzFormat.CHECKPOINT.tag());
    description.put("channels", channels);
    description.put("outputs", network.outputs());
    description.put("steps", state.steps());
    description.put("seconds", seconds);
    description.put("finished", finished);
    description.put("options", run.options());
    description.put("pictures", run.pictures());
    description.put("validations", state.validations().stream().map(Checkpoint::written).toList());
    List<Npz.Entry> entries = new ArrayList<>(Model.entries(network, "", state.parameters()));
    state
        .optimizer()
        .moments()
        .forEach((name, arrays) -> entries.addAll(Model.entries(network, "." + name, arrays)));
    entries.add(new Npz.Entry("losses", Shape.of(state.steps()), state.losses()));
    Npz.write(file, NpzFormat.CHECKPOINT, description, entries);
  }

  private static Map<String, Object> written(History.Validation validation) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("step", validation.step());
    one.put(
        "counts",
        IntStream.range(0, validation.counts().classes())
            .mapToObj(validation.counts()::total)
            .map(Checkpoint::written)
            .toList());
    return one;
  }

  /** How many pixels of a class were found, predicted, and true. */
  private static List<Long> written(ConfusionCounts counts) {
    long found = counts.truePositives();
    return List.of(found, found + counts.falsePositives(), found + counts.falseNegatives());
  }

  /**
   * Reads a file.
   *
   * @throws io.lossmith.app.io.BadInput if it is no checkpoint, is damaged, or of a newer format
   */
  public static Checkpoint read(Path file) {
    try (Npz npz = Npz.open(file, NpzFormat.CHECKPOINT)) {
      Fields fields = npz.description();
      int channels = fields.number("channels", 1, 3);
      UNet network = new UNet(channels, fields.number("outputs", 1, 255));
      int steps = fields.number("steps", 1, Integer.MAX_VALUE);
      List<History.Validation> validations = new ArrayList<>();
      for (Object one : fields.list("validations")) {
        validations.add(validation(file, one, steps));
      }
      TrainingState state =
          new TrainingState(
              Model.arrays(npz, network, ""),
              optimizer(npz, network, steps),
              npz.array("losses", Shape.of(steps)),
              validations);
      Run run = new Run(options(fields), texts(fields, "pictures", fields.list("pictures")));
      return new Checkpoint(
          network, channels, run, fields.number("seconds"), fields.truth("finished"), state);
    }
  }

  private static Optimizer.State optimizer(Npz npz, UNet network, int steps) {
    Map<String, float[][]> moments = new LinkedHashMap<>();
    for (String name : List.of("mean", "square")) {
      moments.put(name, Model.arrays(npz, network, "." + name));
    }
    return new Optimizer.State(new CurrentRate.State(steps, Scores.NONE), moments);
  }

  /** Tells whether a file is the checkpoint of a training whose results were never written. */
  public static boolean isUnfinished(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (Npz npz = Npz.open(file, NpzFormat.CHECKPOINT)) {
      return !npz.description().truth("finished");
    } catch (BadInput e) {
      return false; // nothing goes on from there
    }
  }

  private static Map<String, List<String>> options(Fields fields) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    fields
        .map("options")
        .forEach(
            (name, values) ->
                options.put(
                    name,
                    texts(fields, "options", values instanceof List<?> list ? list : List.of(1))));
    return options;
  }

  private static List<String> texts(Fields fields, String name, List<?> values) {
    for (Object value : values) {
      if (!(value instanceof String)) {
        throw fields.bad(name, value, "texts");
      }
    }
    return values.stream().map(String.class::cast).toList();
  }

  private static History.Validation validation(Path file, Object one, int steps) {
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
