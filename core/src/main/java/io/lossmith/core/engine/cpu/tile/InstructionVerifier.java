package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.Root;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks whether the instructions chosen for a loop compute what is read, each value once and before
 * it is read: what is part of another instruction has none of its own, so nobody else may ask for
 * it.
 */
final class InstructionVerifier {
  private final Map<Value, String> computed = new IdentityHashMap<>();

  private InstructionVerifier() {}

  /**
   * Verifies a selection.
   *
   * @throws IllegalStateException if two instructions compute a value, or none one that is read
   */
  static void verify(Step.Loop loop, Selection selection) {
    InstructionVerifier verifier = new InstructionVerifier();
    for (Selection.Emit emit : selection.emits()) {
      String by = emit.kind().name();
      emit.reads().forEach(read -> verifier.requireComputed(read, by));
      verifier.compute(emit.value(), by);
      if (emit.second() != null) {
        verifier.compute(emit.second(), by);
      }
    }
    for (Root root : loop.roots()) {
      String by = "the root " + root.destination().buffer();
      reads(root, selection).forEach(read -> verifier.requireComputed(read, by));
    }
  }

  private static List<Value> reads(Root root, Selection selection) {
    ClassLabels.AtLabel atLabel = selection.atLabel(root);
    if (atLabel != null) {
      return atLabel.reads();
    }
    Selection.Terms terms = selection.terms(root);
    return terms == null ? List.of(root.value()) : List.of(terms.a(), terms.b());
  }

  private void compute(Value value, String by) {
    String other = computed.put(value, by);
    if (other != null) {
      throw broken(value, "is computed by both " + other + " and " + by);
    }
  }

  private void requireComputed(Value value, String by) {
    boolean isThere = value.load() != null || value.op() instanceof Leaf;
    if (!isThere && !computed.containsKey(value)) {
      throw broken(value, "is read by " + by + ", and no instruction has computed it");
    }
  }

  private static IllegalStateException broken(Value value, String what) {
    String node = value.node() == null ? "" : " of " + value.node();
    return new IllegalStateException("cpu: the value " + value.op().label() + node + " " + what);
  }
}
