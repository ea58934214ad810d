package io.lossmith.app.model;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.train.Figure;
import io.lossmith.app.train.History;
import io.lossmith.app.train.Snapshot;
import io.lossmith.app.train.TrainingState;
import io.lossmith.app.train.UNet;
import io.lossmith.autodiff.optimizer.Optimizer;
import io.lossmith.core.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    description.put("validations", state.validations().stream().map(WrittenScores::of).toList());
    description.put("rate", WrittenRate.of(state.optimizer().rate()));
    Snapshot best = state.best();
    if (best != null) {
      description.put("bestStep", best.validation().step());
    }
    List<Npz.Entry> entries = new ArrayList<>(Model.entries(network, "", state.parameters()));
    state
        .optimizer()
        .moments()
        .forEach((name, values) -> entries.addAll(Model.entries(network, "." + name, values)));
    for (Figure figure : Figure.values()) {
      float[] values = state.figures()[figure.ordinal()];
      entries.add(new Npz.Entry(figure.key(), Shape.of(values.length), values));
    }
    if (best != null) {
      entries.addAll(Model.entries(network, ".best", best.parameters()));
    }
    Npz.write(file, NpzFormat.CHECKPOINT, description, entries);
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
        validations.add(WrittenScores.read(file, one, steps));
      }
      TrainingState state =
          new TrainingState(
              Model.arrays(npz, network, ""),
              new Optimizer.State(
                  WrittenRate.read(fields.object("rate"), steps), moments(npz, network)),
              figures(npz, steps),
              validations,
              best(fields, npz, network, validations));
      Run run = new Run(options(fields), texts(fields, "pictures", fields.list("pictures")));
      return new Checkpoint(
          network, channels, run, fields.number("seconds"), fields.truth("finished"), state);
    }
  }

  /** What Adam keeps of the gradients. */
  private static Map<String, float[][]> moments(Npz npz, UNet network) {
    return Stream.of("mean", "square")
        .collect(Collectors.toMap(name -> name, name -> Model.arrays(npz, network, "." + name)));
  }

  private static float[][] figures(Npz npz, int steps) {
    return Arrays.stream(Figure.values())
        .map(figure -> npz.array(figure.key(), Shape.of(steps)))
        .toArray(float[][]::new);
  }

  private static @Nullable Snapshot best(
      Fields fields, Npz npz, UNet network, List<History.Validation> validations) {
    if (!fields.has("bestStep")) {
      return null;
    }
    int step = fields.number("bestStep", 1, Integer.MAX_VALUE);
    return validations.stream()
        .filter(one -> one.step() == step)
        .findFirst()
        .map(one -> new Snapshot(one, Model.arrays(npz, network, ".best")))
        .orElseThrow(() -> fields.bad("bestStep", step, "a step that was scored"));
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
}
