package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the instructions of a loop: each pattern in turn takes what it finds, later values first;
 * what is left gets an instruction for each operation. Only what is read then is computed, so a
 * pattern may also read past a value that others need.
 */
final class InstructionSelection {
  private final Step.Loop loop;
  private final List<LoopValue> values;
  private final Uses uses;
  private final Map<LoopValue, ChosenInstruction> computing = new IdentityHashMap<>();
  private final Map<LoopOutput, ChosenInstruction> folding = new IdentityHashMap<>();
  private final List<ChosenInstruction> instructions = new ArrayList<>();
  private final List<ChosenInstruction> folds = new ArrayList<>();

  /**
   * @param fusions patterns, the most valuable first
   */
  InstructionSelection(Step.Loop loop, Layout layout, List<Fusion> fusions) {
    this.loop = loop;
    this.values = Values.of(loop);
    this.uses = new Uses(loop, values);
    fusions.forEach(fusion -> match(fusion, layout));
    loop.roots().stream()
        .filter(root -> root.fold() != null)
        .map(root -> folding.computeIfAbsent(root, TileFold.Elements::of))
        .distinct()
        .filter(chosen -> chosen.results().isEmpty()) // else it stands among those that compute
        .forEach(folds::add);
    emit();
    InstructionVerifier.verify(loop, this);
  }

  /** Returns the instructions that compute values, in order. */
  List<ChosenInstruction> instructions() {
    return instructions;
  }

  /** Returns those that fold roots: they follow the others. */
  List<ChosenInstruction> folds() {
    return folds;
  }

  /** Returns how many operands and roots a value is. */
  int uses(LoopValue value) {
    return uses.of(value);
  }

  /** Returns how many instructions that compute values read one. */
  long reads(LoopValue value) {
    return instructions.stream().filter(chosen -> chosen.reads().contains(value)).count();
  }

  /** Returns how many instructions read one. */
  long readers(LoopValue value) {
    return reads(value) + folds.stream().filter(chosen -> chosen.reads().contains(value)).count();
  }

  /** Returns for each value the last instruction that reads it; roots read after all of them. */
  Map<LoopValue, Integer> lastUses() {
    Map<LoopValue, Integer> last = new IdentityHashMap<>();
    for (int i = 0; i < instructions.size(); i++) {
      for (LoopValue read : instructions.get(i).reads()) {
        last.put(read, i);
      }
    }
    readByRoots().forEach(read -> last.put(read, instructions.size()));
    return last;
  }

  private List<LoopValue> readByRoots() {
    List<LoopValue> reads = new ArrayList<>();
    loop.roots().stream()
        .filter(root -> root.fold() == null)
        .map(LoopOutput::value)
        .forEach(reads::add);
    folds.forEach(fold -> reads.addAll(fold.reads()));
    return reads;
  }

  private void match(Fusion fusion, Layout layout) {
    for (int i = values.size() - 1; i >= 0; i--) {
      LoopValue value = values.get(i);
      if (Uses.isComputed(value) && !uses.isTaken(value)) {
        take(fusion.match(value, uses, layout));
      }
    }
    for (LoopOutput root : loop.roots()) {
      if (root.fold() != null && !uses.isTaken(root)) {
        take(fusion.match(root, uses, layout));
      }
    }
  }

  private void take(@Nullable ChosenInstruction chosen) {
    if (chosen != null) {
      uses.take(chosen);
      chosen.results().forEach(result -> computing.put(result, chosen));
      chosen.roots().forEach(root -> folding.put(root, chosen));
    }
  }

  /**
   * Adds the instructions of all values that are read, each where its first result stands; or a
   * later one, if what it reads comes behind the first, which nobody else reads then.
   */
  private void emit() {
    Set<LoopValue> read = Collections.newSetFromMap(new IdentityHashMap<>());
    read.addAll(readByRoots());
    for (int i = values.size() - 1; i >= 0; i--) {
      LoopValue value = values.get(i);
      if (read.contains(value) && Uses.isComputed(value)) {
        ChosenInstruction chosen = computing.computeIfAbsent(value, Operations::of);
        read.addAll(chosen.results());
        read.addAll(chosen.reads());
      }
    }
    Set<LoopValue> there = Collections.newSetFromMap(new IdentityHashMap<>());
    for (LoopValue value : values) {
      ChosenInstruction chosen = computing.get(value);
      if (read.contains(value)
          && chosen != null
          && !there.contains(value)
          && chosen.reads().stream().allMatch(r -> there.contains(r) || !Uses.isComputed(r))) {
        there.addAll(chosen.results());
        instructions.add(chosen.isEarly() ? afterOperands(chosen) : instructions.size(), chosen);
      }
    }
  }

  private int afterOperands(ChosenInstruction chosen) {
    int at = 0;
    for (int i = 0; i < instructions.size(); i++) {
      if (!Collections.disjoint(instructions.get(i).results(), chosen.reads())) {
        at = i + 1;
      }
    }
    return at;
  }
}
