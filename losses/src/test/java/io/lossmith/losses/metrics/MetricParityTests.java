package io.lossmith.losses.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What segmentation_models.pytorch and MONAI say of the same masks. */
class MetricParityTests {
  private static final Path CASES = Path.of("src/test/resources/metrics");
  private static final double TOLERANCE = 1e-6;

  static Stream<MetricCase> scores() throws IOException {
    return MetricCase.in(CASES.resolve("scores.jsonl")).stream();
  }

  static Stream<MetricCase> surfaces() throws IOException {
    return MetricCase.in(CASES.resolve("surfaces.jsonl")).stream();
  }

  @ParameterizedTest
  @MethodSource("scores")
  void scoresAgree(MetricCase one) {
    requireClose(one, one.score().of(one.table()), one.expected());
  }

  @ParameterizedTest
  @MethodSource("surfaces")
  void surfacesAgree(MetricCase one) {
    SurfaceMetric<?> metric = one.surface();
    double[] each =
        Arrays.stream(metric.each(one.prediction(), one.target()))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    List<Double> want = one.each();
    assertThat(each).hasSize(want.size());
    for (int i = 0; i < each.length; i++) {
      requireClose(one, each[i], want.get(i));
    }
    requireClose(one, metric.of(one.prediction(), one.target()), one.expected());
  }

  private static void requireClose(MetricCase one, double got, double want) {
    boolean close =
        Double.isFinite(want)
            ? Math.abs(got - want) <= TOLERANCE * Math.max(1, Math.abs(want))
            : Double.compare(got, want) == 0;
    assertThat(close).as("%s: is %s, must be %s", one, got, want).isTrue();
  }
}
