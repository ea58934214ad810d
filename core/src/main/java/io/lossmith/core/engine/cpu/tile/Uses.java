package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often the values of a loop are read, and what instructions have taken of it so far. */
public final class Uses {
  private final Step.Loop loop;
  private final List<LoopValue> values;
  private final Map<LoopValue, Integer> counts = new IdentityHashMap<>();
  private final Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param values all values of the loop, operands first
   */
  Uses(Step.Loop loop, List<LoopValue> values) {
    this.loop = loop;
    this.values = values;
    values.forEach(value -> value.operands().forEach(this::count));
    loop.roots().forEach(root -> count(root.value()));
  }

  private void count(LoopValue read) {
    counts.merge(read, 1, Integer::sum);
  }

  /** Returns all values of the loop, operands first. */
  public List<LoopValue> values() {
    return values;
  }

  /** Returns what the loop leaves behind. */
  public List<LoopOutput> roots() {
    return loop.roots();
  }

  /** Returns how many operands and roots a value is. */
  public int of(LoopValue value) {
    return counts.getOrDefault(value, 0);
  }

  /**
   * Tells whether a value is computed for one reader alone, and no pattern has taken it: it may
   * become part of that reader's instruction.
   */
  public boolean isFree(LoopValue value) {
    return isFree(value, 1);
  }

  /** The same of a value that is computed for so many readers, all of one instruction. */
  public boolean isFree(LoopValue value, int readers) {
    return of(value) == readers && isComputed(value) && !taken.contains(value);
  }

  /** Tells whether a pattern has taken a value, as its result or on the way. */
  public boolean isTaken(LoopValue value) {
    return taken.contains(value);
  }

  /** Tells whether a pattern folds a root. */
  public boolean isTaken(LoopOutput root) {
    return taken.contains(root);
  }

  /** Tells whether a value needs an instruction: it is neither read from an array nor a number. */
  static boolean isComputed(LoopValue value) {
    return value.load() == null && !(value.op() instanceof Leaf);
  }

  void take(ChosenInstruction chosen) {
    taken.addAll(chosen.results());
    taken.addAll(chosen.roots());
    taken.addAll(chosen.covers());
  }
}
