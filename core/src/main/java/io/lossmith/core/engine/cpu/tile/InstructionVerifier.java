package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks whether the instructions chosen for a loop compute what is read, each value once and before
 * it is read: what is part of another instruction has none of its own, so nobody else may ask for
 * it.
 */
final class InstructionVerifier {
  private final Map<LoopValue, String> computed = new IdentityHashMap<>();

  private InstructionVerifier() {}

  /**
   * Verifies a selection.
   *
   * @throws IllegalStateException if two instructions compute a value, or none one that is read; if
   *     a root is not folded once
   */
  static void verify(Step.Loop loop, InstructionSelection selection) {
    InstructionVerifier verifier = new InstructionVerifier();
    selection.instructions().forEach(verifier::add);
    selection.folds().forEach(verifier::add);
    for (LoopOutput root : loop.roots()) {
      String name = "the root " + root.destination().buffer();
      if (root.fold() == null) {
        verifier.requireComputed(root.value(), name);
      } else if (folding(selection, root) != 1) {
        throw new IllegalStateException("cpu: " + name + " is not folded by one instruction");
      }
    }
  }

  private static long folding(InstructionSelection selection, LoopOutput root) {
    return Stream.concat(selection.instructions().stream(), selection.folds().stream())
        .filter(chosen -> chosen.roots().contains(root))
        .count();
  }

  private void add(ChosenInstruction chosen) {
    String by =
        chosen.results().isEmpty()
            ? "the root " + chosen.roots().get(0).destination().buffer()
            : "the instruction of " + chosen.results().get(0).op().label();
    chosen.reads().forEach(read -> requireComputed(read, by));
    chosen.results().forEach(result -> compute(result, by));
  }

  private void compute(LoopValue value, String by) {
    String other = computed.put(value, by);
    if (other != null) {
      throw broken(value, "is computed by both " + other + " and " + by);
    }
  }

  private void requireComputed(LoopValue value, String by) {
    if (Uses.isComputed(value) && !computed.containsKey(value)) {
      throw broken(value, "is read by " + by + ", and no instruction has computed it");
    }
  }

  private static IllegalStateException broken(LoopValue value, String what) {
    String node = value.node() == null ? "" : " of " + value.node();
    return new IllegalStateException("cpu: the value " + value.op().label() + node + " " + what);
  }
}
