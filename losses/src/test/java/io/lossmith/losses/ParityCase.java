package io.lossmith.losses;

import com.fasterxml.jackson.jr.ob.JSON;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.ValueAndGradients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a case file: a loss, its arguments, and what another implementation says of it. */
record ParityCase(String file, Map<String, Object> line) {
  private static final double GRADIENT_FACTOR = 5;
  private static final double GRADIENT_FLOOR = 1e-9;

  /** Reads every case file of a folder. */
  static List<ParityCase> in(Path folder) throws IOException {
    List<ParityCase> cases = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank()) {
            cases.add(new ParityCase(file.getFileName().toString(), JSON.std.mapFrom(line)));
          }
        }
      }
    }
    return cases;
  }

  String loss() {
    return (String) line.get("loss");
  }

  @Override
  public String toString() {
    return file + " " + line.get("id") + " " + line.get("options");
  }

  /** Returns what is wrong, or null where the case passes. */
  @Nullable String failure() {
    Map<?, ?> expected = (Map<?, ?>) line.get("expected");
    String error = (String) expected.get("error");
    try {
      ValueAndGradients got = run();
      if (error != null) {
        got.value().toArray();
        return "no error, must be " + error;
      }
      return difference(expected, got);
    } catch (IllegalArgumentException e) {
      return e.getClass().getSimpleName().equals(error) ? null : e.toString();
    }
  }

  @SuppressWarnings("unchecked") // as the format says
  private ValueAndGradients run() {
    Object options = line.get("options");
    Loss loss = Losses.byName(loss(), options == null ? Map.of() : (Map<String, Object>) options);
    Tensor target = tensor(line.get("target"));
    Tensor mask = line.get("mask") == null ? null : tensor(line.get("mask"));
    if (line.get("predictions") instanceof List<?> several) {
      List<Tensor> predictions = several.stream().map(ParityCase::tensor).toList();
      DeepSupervision deep = (DeepSupervision) loss;
      return deep.valueAndGradients(predictions, target, mask);
    }
    Tensor prediction = tensor(line.get("prediction"));
    ValueAndGradient got = loss.valueAndGradient(prediction, target, mask);
    return new ValueAndGradients(got.value(), List.of(got.gradient()));
  }

  private @Nullable String difference(Map<?, ?> expected, ValueAndGradients got) {
    double tolerance = ((Number) line.get("tolerance")).doubleValue();
    Object value = expected.get("value");
    if (value instanceof Map) {
      List<Integer> shape = (List<Integer>) ((Map<?, ?>) value).get("shape");
      if (!shape.toString().equals(got.value().shape().toString())) {
        return "value is " + got.value().shape() + ", must be " + shape;
      }
    }
    double[] want = value instanceof Number ? new double[] {number(value)} : numbers(value);
    float[] have = got.value().toArray();
    for (int i = 0; i < Math.max(want.length, have.length); i++) {
      if (!(Math.abs(have[i] - want[i]) <= tolerance * Math.max(1, Math.abs(want[i])))) {
        return "value " + i + " is " + have[i] + ", must be " + want[i];
      }
    }
    if (expected.get("gradient") == null) {
      return null;
    }
    double[] slope = numbers(expected.get("gradient"));
    float[] mine =
        Tensor.concat(0, got.gradients().stream().map(g -> g.reshape(-1)).toArray(Tensor[]::new))
            .toArray();
    double largest = 0;
    for (double s : slope) {
      largest = Math.max(largest, Math.abs(s));
    }
    double allowed = GRADIENT_FACTOR * tolerance * largest + GRADIENT_FLOOR;
    for (int i = 0; i < Math.max(slope.length, mine.length); i++) {
      if (!(Math.abs(mine[i] - slope[i]) <= allowed)) {
        return "gradient " + i + " is " + mine[i] + ", must be " + slope[i] + " ± " + allowed;
      }
    }
    return null;
  }

  private static Tensor tensor(Object given) {
    Map<?, ?> tensor = (Map<?, ?>) given;
    double[] numbers = numbers(tensor);
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    int[] shape =
        ((List<?>) tensor.get("shape")).stream().mapToInt(n -> ((Number) n).intValue()).toArray();
    return Tensor.wrap(values, shape);
  }

  private static double[] numbers(Object listOrTensor) {
    Object list =
        listOrTensor instanceof Map ? ((Map<?, ?>) listOrTensor).get("values") : listOrTensor;
    return ((List<?>) list).stream().mapToDouble(ParityCase::number).toArray();
  }

  /** JSON has no NaN; Python writes the word, quoted here. */
  private static double number(Object value) {
    return value instanceof Number
        ? ((Number) value).doubleValue()
        : Double.parseDouble(value.toString());
  }
}
