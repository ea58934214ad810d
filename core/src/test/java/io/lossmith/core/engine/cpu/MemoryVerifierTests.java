package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.tile.TileCompiler;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rules for shared arrays, broken on purpose. */
class MemoryVerifierTests {
  private static final Shape SHAPE = Shape.of(40, 40);

  private final Node x = input(0, 40, 40);

  private static Node whole(Node node) {
    return of(new CumulativeSum(1, false, false), node);
  }

  private static Plan plan(Node... outputs) {
    return Planner.plan(Graph.of(List.of(SHAPE), List.of(outputs)), PlanLimits.ofTiles());
  }

  private static void assertBroken(ThrowingCallable verification, String message) {
    assertThatThrownBy(verification)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  private static int[] none(int count) {
    int[] none = new int[count];
    Arrays.fill(none, -1);
    return none;
  }

  @Test
  void anOutputIsWrittenOverWhatAnotherStepReads() {
    Plan plan = crossing();
    Memory good = Memory.of(plan, compiled(plan));
    int[] outputOf = none(plan.buffers().size());
    int output =
        plan.buffers().stream().filter(b -> b.kind() == Buffer.Kind.OUTPUT).toList().get(0).id();
    plan.buffers().stream()
        .filter(b -> b.kind() == Buffer.Kind.TEMPORARY)
        .forEach(b -> outputOf[b.id()] = output);
    Memory bad = new Memory(none(outputOf.length), good.sizes(), outputOf);
    assertBroken(
        () -> MemoryVerifier.verify(plan, compiled(plan), bad), "which the step reads elsewhere");
  }

  /** Two arrays alive at the same time. */
  private Plan crossing() {
    Node one = whole(x);
    return plan(add(whole(exp(one)), whole(sigmoid(one))));
  }

  private static List<TileProgram> compiled(Plan plan) {
    return plan.steps().stream()
        .filter(Step.Loop.class::isInstance)
        .map(step -> TileCompiler.compile((Step.Loop) step, Fusions.ALL, 8))
        .toList();
  }

  @Test
  void whatIsReadAgainIsNotOverwritten() {
    Plan plan = crossing();
    int[] one = new int[plan.buffers().size()];
    Arrays.fill(one, 0);
    Memory memory = new Memory(one, List.of(1600), none(one.length));
    assertBroken(() -> MemoryVerifier.verify(plan, compiled(plan), memory), "was overwritten by");
  }

  @Test
  void aStepWritesOverWhatItReadsOnlyInPlace() {
    Plan plan = plan(whole(whole(whole(x))));
    int[] one =
        plan.buffers().stream()
            .mapToInt(buffer -> buffer.kind() == Buffer.Kind.TEMPORARY ? 0 : -1)
            .toArray();
    Memory memory = new Memory(one, List.of(1600), none(one.length));
    assertBroken(
        () -> MemoryVerifier.verify(plan, compiled(plan), memory),
        "which the step reads elsewhere");
  }

  @Test
  void anArrayIsLargeEnough() {
    Plan plan = plan(whole(whole(x)));
    Memory good = Memory.of(plan, compiled(plan));
    Memory small = new Memory(good.arrayOf(), List.of(1), good.outputOf());
    assertBroken(() -> MemoryVerifier.verify(plan, compiled(plan), small), "lies in an array of 1");
  }
}
