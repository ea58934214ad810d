package io.lossmith.core.engine.cpu.tile;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.total;
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
  private final Node x = input(0, 40, 40);

  private static void assertBroken(Step.Loop loop, InstructionSelection selection, String message) {
    assertThatThrownBy(() -> InstructionVerifier.verify(loop, selection))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  private Step.Loop loop() {
    return loop(add(sigmoid(x), exp(sigmoid(x))));
  }

  private static Step.Loop loop(Node output) {
    Graph graph = Graph.of(List.of(Shape.of(40, 40)), List.of(output));
    return (Step.Loop) Planner.plan(graph, PlanLimits.ofTiles()).steps().get(0);
  }

  private static InstructionSelection selection(Step.Loop loop) {
    return new InstructionSelection(
        loop, new Layout(loop, LoopAxes.of(loop, 64), 1024, 1024, 2048), List.of());
  }

  @Test
  void aValueThatIsReadHasAnInstruction() {
    Step.Loop loop = loop();
    InstructionSelection selection = selection(loop);
    selection.instructions().remove(0);
    assertBroken(loop, selection, "no instruction has computed");
  }

  @Test
  void aValueIsComputedBeforeItIsRead() {
    Step.Loop loop = loop();
    InstructionSelection selection = selection(loop);
    selection.instructions().add(selection.instructions().remove(0));
    assertBroken(loop, selection, "no instruction has computed");
  }

  @Test
  void aValueHasOneInstruction() {
    Step.Loop loop = loop();
    InstructionSelection selection = selection(loop);
    selection.instructions().add(selection.instructions().get(0));
    assertBroken(loop, selection, "is computed by both");
  }

  @Test
  void aRootIsFoldedOnce() {
    Step.Loop loop = loop(total(x));
    InstructionSelection selection = selection(loop);
    selection.folds().clear();
    assertBroken(loop, selection, "is not folded by one instruction");
  }
}
