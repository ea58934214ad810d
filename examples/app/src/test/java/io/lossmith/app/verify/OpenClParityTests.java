package io.lossmith.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.JoinedSamples;
import io.lossmith.core.engine.MadeUpEngine;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.OpenClCases;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.graph.Graph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What other libraries say of losses, on OpenCL. Compiling takes a second or two there, so cases
 * are run many at a time: first each is recorded as a graph, then some graphs are one program. All
 * of them take many minutes and are run with {@code -Dlossmith.opencl.cases=all}; without it the
 * first with each loss and with each option.
 */
@NeedsDevice
class OpenClParityTests {
  private static final boolean ALL = OpenClCases.asked() == OpenClCases.ALL;
  private static final int TOGETHER = 25;

  private static final Engine OPENCL = Engines.byName("opencl");

  @TestFactory
  Stream<DynamicTest> numbersAreThoseOfOthers() {
    Map<Sample, Case> cases = new LinkedHashMap<>();
    Set<String> met = new HashSet<>();
    for (Case one : ParityCases.all()) {
      if (one.expected().error() == null && (met.addAll(traits(one)) || ALL)) {
        cases.put(recorded(one), one);
      }
    }
    assertThat(cases).hasSizeGreaterThan(ALL ? 1000 : 60);
    return JoinedSamples.of(List.copyOf(cases.keySet()), TOGETHER).stream()
        .flatMap(
            joined ->
                joined.samples().stream()
                    .map(
                        sample ->
                            dynamicTest(
                                sample.name(), () -> verify(cases.get(sample), sample, joined))));
  }

  private static List<String> traits(Case one) {
    List<String> traits = new ArrayList<>(one.options().keySet());
    traits.add(one.loss());
    return traits;
  }

  private static void verify(Case one, Sample sample, JoinedSamples joined) {
    Engine replaying = new Replaying(joined.run(OPENCL, sample));
    assertThat(new CaseRunner(replaying).run(one).complaint()).isNull();
  }

  /** A few of them, because each is compiled by itself. */
  @TestFactory
  Stream<DynamicTest> dataThatBreakACheckAreErrors() {
    List<Case> broken = new ArrayList<>();
    for (Case one : ParityCases.all()) {
      if (one.expected().error() != null && new Recording().record(one) != null) {
        broken.add(one);
      }
    }
    assertThat(broken).isNotEmpty();
    return broken.stream()
        .limit(5)
        .map(
            one ->
                dynamicTest(
                    one.id(),
                    () -> assertThat(new CaseRunner(OPENCL).run(one).complaint()).isNull()));
  }

  private static Sample recorded(Case one) {
    Sample sample = new Recording().record(one);
    assertThat(sample).as(one.id()).isNotNull();
    return sample;
  }

  /** An engine that notes what it is asked to run, and runs nothing. */
  private static final class Recording extends MadeUpEngine {
    private @Nullable Sample sample;
    private String of = "";

    Recording() {
      super("recording");
    }

    @Nullable Sample record(Case one) {
      of = one.loss() + " " + one.id();
      new CaseRunner(this).run(one);
      return sample;
    }

    @Override
    protected void run(Graph graph, float[][] inputs, float[][] outputs) {
      sample = new Sample(of, graph, inputs.clone(), 0);
      throw new EngineException("recorded");
    }
  }

  /** An engine that knows the outputs already. */
  private static final class Replaying extends MadeUpEngine {
    private final float[][] known;

    Replaying(float[][] known) {
      super("replaying");
      this.known = known;
    }

    @Override
    protected void run(Graph graph, float[][] inputs, float[][] outputs) {
      for (int i = 0; i < outputs.length; i++) {
        System.arraycopy(known[i], 0, outputs[i], 0, known[i].length);
      }
    }
  }
}
