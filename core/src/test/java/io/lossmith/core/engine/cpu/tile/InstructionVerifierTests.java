package io.lossmith.core.engine.cpu.tile;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.LoopAxes;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules for instructions, broken on purpose. */
class InstructionVerifierTests {
  private static void assertBroken(Step.Loop loop, Selection selection, String message) {
    assertThatThrownBy(() -> InstructionVerifier.verify(loop, selection))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  private static Step.Loop loop() {
    Node x = input(0, 40, 40);
    Graph graph = Graph.of(List.of(Shape.of(40, 40)), List.of(add(sigmoid(x), exp(sigmoid(x)))));
    return (Step.Loop) Planner.plan(graph, PlanLimits.ofTiles()).steps().get(0);
  }

  private static Selection selection(Step.Loop loop) {
    return new Selection(loop, new Layout(loop, LoopAxes.of(loop, 64), 1024, 1024));
  }

  @Test
  void aValueThatIsReadHasAnInstruction() {
    Step.Loop loop = loop();
    Selection selection = selection(loop);
    selection.emits().remove(0);
    assertBroken(loop, selection, "no instruction has computed");
  }

  @Test
  void aValueIsComputedBeforeItIsRead() {
    Step.Loop loop = loop();
    Selection selection = selection(loop);
    selection.emits().add(selection.emits().remove(0));
    assertBroken(loop, selection, "no instruction has computed");
  }

  @Test
  void aValueHasOneInstruction() {
    Step.Loop loop = loop();
    Selection selection = selection(loop);
    selection.emits().add(selection.emits().get(0));
    assertBroken(loop, selection, "is computed by both");
  }
}
