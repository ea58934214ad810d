package io.lossmith.core.engine.cpu;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.List;

/**
 * Which inputs and outputs of a plan must be arrays: those of operations on whole arrays, outputs
 * that are cleared, and what loops fold into. Others are gone through in tiles.
 */
record ArrayNeeds(boolean[] inputs, boolean[] outputs) {
  static ArrayNeeds of(Graph graph, Plan plan) {
    ArrayNeeds needs =
        new ArrayNeeds(new boolean[graph.inputs().size()], new boolean[graph.outputs().size()]);
    for (Step step : plan.steps()) {
      if (step instanceof Step.Loop loop) {
        loop.roots().stream()
            .filter(root -> root.fold() != null)
            .map(LoopOutput::destination)
            .forEach(folded -> needs.add(folded.buffer()));
      } else {
        List.of(step.reads(), step.writes()).forEach(buffers -> buffers.forEach(needs::add));
      }
    }
    return needs;
  }

  private void add(Buffer buffer) {
    if (buffer.kind() == Buffer.Kind.INPUT) {
      inputs[buffer.index()] = true;
    } else if (buffer.kind() == Buffer.Kind.OUTPUT) {
      outputs[buffer.index()] = true;
    }
  }
}
