package io.lossmith.losses.metrics;

import com.fasterxml.jackson.jr.ob.JSON;
import io.lossmith.autodiff.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a case file: masks or labels, a metric, and what another implementation says. */
record MetricCase(Map<String, Object> line) {
  static List<MetricCase> in(Path file) throws IOException {
    List<MetricCase> cases = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      cases.add(new MetricCase(JSON.std.mapFrom(text)));
    }
    return cases;
  }

  String metric() {
    return (String) line.get("metric");
  }

  double expected() {
    return number(line.get("expected"));
  }

  List<Double> each() {
    return ((List<?>) line.get("each")).stream().map(MetricCase::number).toList();
  }

  Tensor prediction() {
    return tensor("prediction");
  }

  Tensor target() {
    return tensor("target");
  }

  ConfusionTable table() {
    Integer classes = (Integer) line.get("classes");
    return classes == null
        ? ConfusionTable.ofMasks(prediction(), target())
        : ConfusionTable.ofLabels(
            prediction(), target(), classes, (Integer) line.get("ignoreIndex"));
  }

  ConfusionScore<?> score() {
    ConfusionScore<?> score =
        switch (metric()) {
          case "dice" -> DiceScore.create();
          case "iou" -> IouScore.create();
          case "precision" -> Precision.create();
          case "recall" -> Recall.create();
          case "specificity" -> Specificity.create();
          case "accuracy" -> Accuracy.create();
          case "fbeta" -> FBeta.of(number(option("beta")));
          default -> throw new IllegalArgumentException(metric());
        };
    if (option("average") != null) {
      String average = ((String) option("average")).toUpperCase(Locale.ROOT);
      score = score.withAverage(Average.valueOf(average));
    }
    if (option("classWeights") != null) {
      score = score.withClassWeights(numbers("classWeights"));
    }
    if (option("zeroDivision") != null) {
      score = score.withZeroDivision(number(option("zeroDivision")));
    }
    if (option("skipEmptyTarget") != null) {
      score = score.withSkipEmptyTarget((Boolean) option("skipEmptyTarget"));
    }
    return score
        .withPerImage(Boolean.TRUE.equals(option("perImage")))
        .withIncludeBackground(!Boolean.FALSE.equals(option("includeBackground")));
  }

  SurfaceMetric<?> surface() {
    SurfaceMetric<?> metric =
        metric().equals("hausdorff-distance")
            ? HausdorffDistanceMetric.create()
                .withDirected((Boolean) option("directed"))
                .withPercentile(option("percentile") == null ? 100 : number(option("percentile")))
            : AverageSurfaceDistance.create().withSymmetric((Boolean) option("symmetric"));
    return option("spacing") == null ? metric : metric.withSpacing(numbers("spacing"));
  }

  private @Nullable Object option(String name) {
    return ((Map<?, ?>) line.get("options")).get(name);
  }

  private double[] numbers(String name) {
    return ((List<?>) option(name)).stream().mapToDouble(MetricCase::number).toArray();
  }

  private Tensor tensor(String name) {
    Map<?, ?> tensor = (Map<?, ?>) line.get(name);
    List<?> numbers = (List<?>) tensor.get("values");
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) number(numbers.get(i));
    }
    return Tensor.wrap(
        values,
        ((List<?>) tensor.get("shape")).stream().mapToInt(n -> ((Number) n).intValue()).toArray());
  }

  private static double number(@Nullable Object value) {
    return value == null
        ? Double.NaN
        : value instanceof Number
            ? ((Number) value).doubleValue()
            : Double.parseDouble(value.toString());
  }

  @Override
  public String toString() {
    return line.get("id") + " " + line.get("options");
  }
}
