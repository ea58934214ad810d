package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Fold;
import io.lossmith.core.plan.Root;
import io.lossmith.core.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The instructions that fold a tile into its slot, and how slots are laid out. */
final class RootFolds {
  private final Layout layout;
  private final Selection selection;
  private final Map<Root, Integer> places = new LinkedHashMap<>();
  private int slotSize;

  RootFolds(Layout layout, Selection selection) {
    this.layout = layout;
    this.selection = selection;
  }

  /** Adds a folded root. */
  void add(Root root) {
    places.put(root, slotSize);
    slotSize += layout.keepsRows(root) ? layout.rows() : 1;
  }

  /** Returns how many numbers a tile leaves. */
  int slotSize() {
    return slotSize;
  }

  /** Returns how the numbers of all tiles are joined. */
  List<TileProgram.Partial> partials() {
    return places.entrySet().stream().map(e -> partial(e.getKey(), e.getValue())).toList();
  }

  private TileProgram.Partial partial(Root root, int place) {
    int[] strides = root.destination().strides();
    return new TileProgram.Partial(
        root.fold(),
        place,
        root.destination().buffer(),
        layout.outer(strides),
        layout.keepsRows(root) ? layout.rowOffsets(strides) : new int[1]);
  }

  /** Returns what folds one tile. */
  List<Instruction> instructions(Function<Value, Register> registers) {
    List<Instruction> all = new ArrayList<>();
    List<Root> done = new ArrayList<>();
    for (Root root : places.keySet()) {
      if (done.contains(root)) {
        continue;
      }
      ClassLabels.AtLabel atLabel = selection.atLabel(root);
      Root partner = partner(root);
      if (partner != null) {
        done.add(partner);
        all.add(both(root, partner, registers));
      } else if (atLabel != null) {
        all.add(atLabel(atLabel, places.get(root), registers));
      } else {
        all.add(tile(root, registers));
      }
    }
    return all;
  }

  private Instruction atLabel(
      ClassLabels.AtLabel sum, int place, Function<Value, Register> registers) {
    return new AtLabels.Sum(
        sum.value() == null ? null : registers.apply(sum.value()),
        sum.times() == null ? null : registers.apply(sum.times()),
        registers.apply(sum.label()),
        registers.apply(sum.number()),
        layout.rows(),
        place);
  }

  /** Returns the root that sums the same products at labels, or the other way round, or null. */
  private @Nullable Root partner(Root root) {
    for (Root other : places.keySet()) {
      if (sumsSameProducts(root, other) || sumsSameProducts(other, root)) {
        return other;
      }
    }
    return null;
  }

  private boolean sumsSameProducts(Root whole, Root atLabel) {
    ClassLabels.AtLabel sum = selection.atLabel(atLabel);
    Selection.Terms terms = selection.terms(whole);
    return sum != null
        && sum.times() != null
        && terms != null
        && terms.term() == Folds.Term.DOT
        && layout.keepsRows(whole)
        && terms.a() == sum.value()
        && terms.b() == sum.times();
  }

  private Instruction both(Root root, Root partner, Function<Value, Register> registers) {
    boolean first = selection.atLabel(root) == null;
    Root whole = first ? root : partner;
    Root here = first ? partner : root;
    ClassLabels.AtLabel sum = selection.atLabel(here);
    return new AtLabels.Sums(
        registers.apply(sum.value()),
        registers.apply(sum.times()),
        registers.apply(sum.label()),
        registers.apply(sum.number()),
        layout.rows(),
        places.get(whole),
        places.get(here));
  }

  private Instruction tile(Root root, Function<Value, Register> registers) {
    Selection.Terms terms = selection.terms(root);
    boolean keepsRows = layout.keepsRows(root);
    boolean varies = layout.hasRows(root.value());
    int rows = varies || keepsRows ? layout.rows() : 1;
    if (!varies && layout.foldsRows(root) && root.fold() == Fold.SUM) {
      // The value is the same in every row: adding it once for each row is adding row 0 again.
      rows = layout.rows();
    }
    return new Folds.Tile(
        root.fold(),
        terms.term(),
        registers.apply(terms.a()),
        registers.apply(terms.b()),
        terms.range(),
        rows,
        places.get(root),
        keepsRows);
  }
}
