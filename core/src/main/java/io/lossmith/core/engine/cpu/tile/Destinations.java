package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.Root;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Value;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which values are computed right where they are stored, instead of in scratch memory. */
final class Destinations {
  private final Layout layout;
  private final Map<Value, Root> direct = new IdentityHashMap<>();

  Destinations(Step.Loop loop, Layout layout) {
    this.layout = layout;
    for (Root root : loop.roots()) {
      if (root.fold() == null && fits(root)) {
        direct.putIfAbsent(root.value(), root);
      }
    }
  }

  /** Returns the root whose destination a value is computed into, or null. */
  @Nullable Root of(Value value) {
    return direct.get(value);
  }

  /** Tells whether a root is stored by computing its value. */
  boolean isDirect(Root root) {
    return direct.get(root.value()) == root;
  }

  /**
   * Tells whether a computed value varies just as its destination does, with neighbours together.
   */
  private boolean fits(Root root) {
    Value value = root.value();
    int[] strides = root.destination().strides();
    int step = layout.step(strides);
    return Uses.isComputed(value)
        && layout.onColumn(value) == (step != 0)
        && (step == 0 || step == 1)
        && layout.hasRows(value) == layout.isSpread(strides)
        && Layout.evenStep(layout.rowOffsets(strides)) != Layout.UNEVEN;
  }
}
