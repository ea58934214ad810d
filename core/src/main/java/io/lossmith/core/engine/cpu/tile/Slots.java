package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.Step;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Where in the slot of a tile the partial results of each folded root lie. */
final class Slots {
  private final Layout layout;
  private final Map<LoopOutput, Integer> places = new IdentityHashMap<>();
  private final List<TileProgram.Partial> partials = new ArrayList<>();
  private int size;

  Slots(Step.Loop loop, Layout layout) {
    this.layout = layout;
    loop.roots().stream().filter(root -> root.fold() != null).forEach(this::add);
  }

  private void add(LoopOutput root) {
    int[] strides = root.destination().strides();
    boolean keepsRows = layout.keepsRows(root);
    places.put(root, size);
    partials.add(
        new TileProgram.Partial(
            root.fold(),
            size,
            root.destination().buffer(),
            layout.outer(strides),
            keepsRows ? layout.rowOffsets(strides) : new int[1]));
    size += keepsRows ? layout.rows() : 1;
  }

  /** Returns where the numbers of a root begin. */
  int place(LoopOutput root) {
    return places.get(root);
  }

  /** Returns how many numbers a tile leaves. */
  int size() {
    return size;
  }

  /** Returns how the numbers of all tiles are joined. */
  List<TileProgram.Partial> partials() {
    return partials;
  }
}
