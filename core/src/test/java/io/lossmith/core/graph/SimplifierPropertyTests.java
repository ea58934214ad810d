package io.lossmith.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.RandomGraph;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

/** What holds for every graph that is simplified. */
class SimplifierPropertyTests {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.arbitrary();
  }

  @Property(tries = 2000)
  void simplifyingKeepsWhatAGraphComputes(@ForAll("graphs") RandomGraph random) {
    Graph graph = random.graph();
    Graph simple = Simplifier.simplify(graph);
    assertThat(simple.inputs()).isEqualTo(graph.inputs());
    assertThat(simple.outputs().stream().map(Node::shape))
        .isEqualTo(graph.outputs().stream().map(Node::shape).toList());
    double[][] inputs = new double[random.inputs().length][];
    for (int i = 0; i < inputs.length; i++) {
      float[] input = random.inputs()[i];
      inputs[i] = new double[input.length];
      Arrays.setAll(inputs[i], at -> input[at]);
    }
    double[][] want = ReferenceEngine.evaluate(graph, inputs);
    double[][] got = ReferenceEngine.evaluate(simple, inputs);
    for (int i = 0; i < want.length; i++) {
      for (int at = 0; at < want[i].length; at++) {
        assertThat(got[i][at])
            .as("output %s at %s of\n%s\nsimplified\n%s", i, at, graph, simple)
            .isCloseTo(want[i][at], Offset.offset(1e-5 * Math.max(1, Math.abs(want[i][at]))));
      }
    }
  }

  @Property(tries = 500)
  void simplifyingTwiceIsSimplifyingOnce(@ForAll("graphs") RandomGraph random) {
    Graph once = Simplifier.simplify(random.graph());
    assertThat(Simplifier.simplify(once).key()).isEqualTo(once.key());
  }

  @Property(tries = 500)
  void aSimplifiedGraphHasItsChecks(@ForAll("graphs") RandomGraph random) {
    assertThat(Simplifier.simplify(random.graph()).checks().isEmpty())
        .isEqualTo(random.graph().checks().isEmpty());
  }
}
