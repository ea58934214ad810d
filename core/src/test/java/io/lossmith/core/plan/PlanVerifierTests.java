package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.CumulativeSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each rule of a sound plan, broken on purpose. */
class PlanVerifierTests {
  private static final Shape SHAPE = Shape.of(2, 3, 20);

  /** A softmax over the middle axis: folds in place, one over everything, and what follows. */
  private static Plan plan() {
    Node x = input(0, SHAPE.toArray());
    Node e = exp(x);
    Node p = mul(e, exp(sum(e, 1)));
    Node moved = Node.of(new CumulativeSum(2, false, false), List.of(sub(p, x)), null);
    Graph graph = Graph.of(List.of(SHAPE), List.of(mul(p, total(p)), add(moved, x)));
    return Planner.plan(graph, PlanLimits.ofTiles());
  }

  private static void assertBroken(Plan plan, String message) {
    assertThatThrownBy(() -> PlanVerifier.verify(plan))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  private static Plan with(Plan plan, List<Step> steps) {
    return new Plan(plan.buffers(), steps, plan.checks());
  }

  /** Changes the roots of the first loop that has one of the kind asked for. */
  private static Plan with(Plan plan, boolean folds, UnaryOperator<LoopOutput> change) {
    List<Step> steps = new ArrayList<>(plan.steps());
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Loop loop
          && loop.roots().stream().anyMatch(root -> (root.fold() != null) == folds)) {
        List<LoopOutput> roots =
            loop.roots().stream()
                .map(root -> (root.fold() != null) == folds ? change.apply(root) : root)
                .toList();
        steps.set(i, new Step.Loop(loop.sizes(), loop.inner(), roots));
        return with(plan, steps);
      }
    }
    throw new IllegalArgumentException("no such root");
  }

  private static LoopOutput at(LoopOutput root, int offset) {
    LoopValue.Load place = root.destination();
    LoopValue.Load moved =
        new LoopValue.Load(place.buffer(), place.offset() + offset, place.strides());
    return new LoopOutput(root.value(), moved, root.fold(), root.folded(), root.elements());
  }

  private static LoopOutput folding(LoopOutput root, boolean... folded) {
    boolean[] all = Arrays.copyOf(folded, root.folded().length);
    return new LoopOutput(root.value(), root.destination(), root.fold(), all, root.elements());
  }

  @Test
  void whatIsReadMustHaveBeenWritten() {
    Plan plan = plan();
    assertBroken(with(plan, plan.steps().subList(1, plan.steps().size())), "before it is whole");
  }

  @Test
  void anOutputMustBeWritten() {
    Plan plan = plan();
    int last = plan.steps().size() - 1;
    assertBroken(with(plan, plan.steps().subList(0, last)), "the end reads out");
  }

  @Test
  void nothingIsWrittenTwice() {
    Plan plan = plan();
    List<Step> steps = new ArrayList<>(plan.steps());
    steps.add(steps.get(steps.size() - 1));
    assertBroken(with(plan, steps), "twice");
  }

  @Test
  void nothingIsWrittenAfterItWasRead() {
    Plan plan = plan();
    List<Step> steps = new ArrayList<>(plan.steps());
    steps.add(steps.get(0));
    assertBroken(with(plan, steps), "after it was read");
  }

  @Test
  void aWalkStaysInsideItsArray() {
    assertBroken(with(plan(), false, root -> at(root, 1)), "which has");
    assertBroken(with(plan(), false, root -> at(root, -1)), "which has");
  }

  @Test
  void aFoldTakesEachElementOnce() {
    assertBroken(
        with(plan(), true, root -> folding(root, false)), "neither folded nor kept along an axis");
    assertBroken(
        with(
            plan(),
            true,
            root ->
                new LoopOutput(
                    root.value(),
                    root.destination(),
                    root.fold(),
                    root.folded(),
                    2 * root.elements())),
        "elements, must be");
  }

  @Test
  void whatIsStoredIsNotFolded() {
    assertBroken(with(plan(), false, root -> folding(root, true, true, true)), "folded and kept");
  }

  /** Two axes are folded in place; what is summed runs over one of them. */
  @Test
  void aRootRunsOverAllInnerAxesOrOverNone() {
    Buffer in = new Buffer(0, Buffer.Kind.INPUT, 0, Shape.of(2, 3, 4), null, null);
    Buffer out = new Buffer(1, Buffer.Kind.OUTPUT, 0, Shape.SCALAR, null, Reason.OUTPUT);
    int[] strides = {12, 4, 1, 0};
    boolean[] varies = {true, true, true, false};
    LoopValue.Load load = new LoopValue.Load(in, 0, strides);
    Node node = input(0, 2, 3, 4);
    LoopValue x = new LoopValue(node.op(), List.of(), load, node, varies, null);
    boolean[] inner = {true, true, false, false};
    boolean[] kept = {false, false, true, false};
    Node reduced = sum(node, 0, 1);
    LoopValue local = new LoopValue(reduced.op(), List.of(x), null, reduced, kept, inner);
    LoopValue.Load to = new LoopValue.Load(out, 0, new int[4]);
    boolean[] folded = {true, false, true, true};
    LoopOutput root = new LoopOutput(local, to, io.lossmith.core.op.Fold.SUM, folded, 8);
    Step.Loop loop = new Step.Loop(new int[] {2, 3, 4, 1}, inner, List.of(root));
    assertBroken(new Plan(List.of(in, out), List.of(loop), List.of()), "count several times");
  }

  @Test
  void localFoldsOfALoopFoldTheSameAxes() {
    Plan plan = plan();
    List<Step> steps = new ArrayList<>(plan.steps());
    Step.Loop loop = (Step.Loop) steps.get(0);
    steps.set(0, new Step.Loop(loop.sizes(), new boolean[loop.sizes().length], loop.roots()));
    assertBroken(with(plan, steps), "along other axes than the rest");
  }
}
