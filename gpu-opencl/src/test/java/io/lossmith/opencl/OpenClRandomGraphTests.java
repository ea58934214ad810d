package io.lossmith.opencl;

import io.lossmith.core.engine.JoinedSamples;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.RandomGraph;
import io.lossmith.core.engine.Sample;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Random graphs, some to a program, judged by the reference. */
@NeedsDevice
class OpenClRandomGraphTests {
  private static final int TOGETHER = 12;

  @Provide
  Arbitrary<List<RandomGraph>> graphs() {
    return RandomGraph.arbitrary().list().ofSize(TOGETHER);
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void anyGraphIsAsTheReferenceComputesIt(@ForAll("graphs") List<RandomGraph> graphs) {
    List<Sample> samples = new ArrayList<>();
    for (RandomGraph graph : graphs) {
      samples.add(new Sample(graph.toString(), graph.graph(), graph.inputs(), 1e-3));
    }
    for (JoinedSamples joined : JoinedSamples.of(samples, TOGETHER)) {
      for (Sample sample : joined.samples()) {
        sample.require(joined.run(new OpenClEngine(), sample));
      }
    }
  }
}
