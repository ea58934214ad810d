package io.lossmith.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.cpu.CpuEngines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is computed here in float is as near to the truth as what PyTorch computes in float32: in
 * the middle over all cases at least as near, and in no case much further away.
 */
class ExactnessTests {
  /** How many times PyTorch's own error a case may be off... */
  private static final double TIMES = 4;

  /** ...where that is more than this, a few roundings. */
  private static final double ALWAYS = 2e-7;

  @Test
  void simdIsAsExactAsPyTorch() throws IOException {
    assumeThat(CpuEngines.hasSimd()).isTrue();
    judge(CpuEngines.simd());
  }

  @Test
  void plainLoopsAreAsExactAsPyTorch() throws IOException {
    judge(CpuEngines.plain());
  }

  /** How far a value or gradient is off, and PyTorch's. */
  private record Gap(String id, double ours, double theirs) {
    /** Returns the medians of both. */
    Gap(String id, List<Gap> gaps) {
      this(
          id,
          median(gaps.stream().map(Gap::ours).toList()),
          median(gaps.stream().map(Gap::theirs).toList()));
    }

    boolean isTooWide() {
      return !(ours <= Math.max(TIMES * theirs, ALWAYS));
    }

    boolean isWorse() {
      return ours > theirs;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s is off by %.3g, PyTorch by %.3g", id, ours, theirs);
    }
  }

  private static void judge(Engine engine) throws IOException {
    Map<String, Float32> theirs = Float32.all();
    CaseRunner runner = new CaseRunner(engine);
    List<Gap> values = new ArrayList<>();
    List<Gap> gradients = new ArrayList<>();
    for (Case one : ParityCases.all()) {
      if (one.expected().error() != null) {
        continue;
      }
      Float32 peer = theirs.remove(one.id());
      assertThat(peer).as("line of %s in float32.jsonl; make_float32.py", one.id()).isNotNull();
      Result result = runner.run(one);
      values.add(new Gap("value of " + one.id(), result.valueDeviation(), peer.value()));
      if (peer.gradient() != null) {
        gradients.add(
            new Gap("gradient of " + one.id(), result.gradientDeviation(), peer.gradient()));
      }
    }
    assertThat(theirs).as("lines of cases that are gone").isEmpty();
    Gap value = new Gap("the median of values", values);
    Gap gradient = new Gap("the median of gradients", gradients);
    assertThat(Stream.of(values, gradients).flatMap(List::stream).filter(Gap::isTooWide)).isEmpty();
    assertThat(Stream.of(value, gradient).filter(Gap::isWorse)).isEmpty();
  }

  private static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2);
  }
}
