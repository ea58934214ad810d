package io.lossmith.opencl.nest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import io.lossmith.opencl.nest.Nest.Out;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpansionTests {
  /** What is written out is chosen by the length, so the length must be right. */
  @Test
  void theLengthIsThatOfTheCodeThatIsWritten() {
    int unrolled = 0;
    for (Sample sample : Samples.all()) {
      for (Nest nest : nests(sample.graph())) {
        Expansion expansion = new Expansion(nest.sizes(), nest.roles());
        assertThat(expansion.length(nest.outs()))
            .as(sample.name())
            .isEqualTo(written(expansion, nest));
        unrolled += nest.product(Nest.Role.UNROLLED) > 1 ? 1 : 0;
      }
    }
    assertThat(unrolled).as("nests with axes written out").isGreaterThan(20);
  }

  private static List<Nest> nests(Graph graph) {
    Graph simple = Simplifier.simplify(graph);
    Lowering lowering = new Lowering(simple, new Target(2, true, false, nest -> true));
    List<Nest> nests = new ArrayList<>();
    for (Step step : Planner.plan(simple, PlanLimits.ofRegisters()).steps()) {
      if (step instanceof Step.Loop loop) {
        nests.addAll(lowering.nests(loop));
      }
    }
    return nests;
  }

  private static int written(Expansion expansion, Nest nest) {
    Set<Code> codes = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Out out : nest.outs()) {
      expansion.indexes(out).forEach(index -> collect(expansion.of(out.value(), index, 0), codes));
    }
    return codes.size();
  }

  private static void collect(Code code, Set<Code> codes) {
    if (codes.add(code)) {
      code.operands().forEach(operand -> collect(operand, codes));
    }
  }
}
