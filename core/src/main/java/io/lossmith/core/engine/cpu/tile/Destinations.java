package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Where;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Values;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which values are computed right where they are stored, instead of in scratch memory. */
final class Destinations {
  private final Layout layout;
  private final InstructionSelection selection;
  private final Map<LoopValue, LoopOutput> direct = new IdentityHashMap<>();

  Destinations(Step.Loop loop, Layout layout, InstructionSelection selection, Staging staging) {
    this.layout = layout;
    this.selection = selection;
    for (LoopOutput root : loop.roots()) {
      boolean neighbours = layout.step(root.destination().strides()) == 1;
      if (root.fold() == null
          && fits(root)
          && !(staging == Staging.READ_AGAIN && isRead(loop, root))
          && !staging.holds(root.destination().buffer(), neighbours)) {
        direct.putIfAbsent(root.value(), root);
      }
    }
    List.copyOf(direct.values()).forEach(this::addChosen);
  }

  /** What one condition for all of the tile chooses, and nobody else reads, is there already. */
  private void addChosen(LoopOutput root) {
    LoopValue choice = root.value();
    if (choice.op() instanceof Where
        && !layout.onColumn(choice.operands().get(0))
        && !layout.hasRows(choice.operands().get(0))) {
      choice.operands().stream()
          .skip(1)
          .filter(value -> Uses.isComputed(value) && selection.uses(value) == 1)
          .filter(value -> layout.onColumn(value) == layout.onColumn(choice))
          .filter(value -> layout.hasRows(value) == layout.hasRows(choice))
          .findFirst()
          .ifPresent(value -> direct.put(value, root));
    }
  }

  /** Tells whether somebody reads a root's value besides. */
  private static boolean isRead(Step.Loop loop, LoopOutput root) {
    return Values.of(loop).stream().anyMatch(value -> value.operands().contains(root.value()))
        || loop.roots().stream().anyMatch(other -> other != root && other.value() == root.value());
  }

  /** Returns the root whose destination a value is computed into, or null. */
  @Nullable LoopOutput of(LoopValue value) {
    return direct.get(value);
  }

  /** Tells whether a root is stored by computing its value. */
  boolean isDirect(LoopOutput root) {
    return direct.get(root.value()) == root;
  }

  /**
   * Tells whether a computed value varies just as its destination does, with neighbours together.
   */
  private boolean fits(LoopOutput root) {
    LoopValue value = root.value();
    int[] strides = root.destination().strides();
    int step = layout.step(strides);
    return Uses.isComputed(value)
        && layout.onColumn(value) == (step != 0)
        && (step == 0 || step == 1)
        && layout.hasRows(value) == layout.isSpread(strides)
        && Layout.evenStep(layout.rowOffsets(strides)) != Layout.UNEVEN;
  }
}
