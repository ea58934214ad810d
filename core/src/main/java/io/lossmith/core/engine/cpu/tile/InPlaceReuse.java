package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds which results of a loop may lie where one of its operands lies, if nobody needs that
 * afterwards: half the memory to go through, and what is written is in the cache already. Every
 * element must be read at the very place of the result, and not after it is written.
 */
final class InPlaceReuse {
  private final Step.Loop loop;
  private final InstructionSelection selection;
  private final Destinations destinations;

  private InPlaceReuse(Step.Loop loop, InstructionSelection selection, Destinations destinations) {
    this.loop = loop;
    this.selection = selection;
    this.destinations = destinations;
  }

  static List<TileProgram.Overwrite> of(
      Step.Loop loop, InstructionSelection selection, Destinations destinations) {
    return new InPlaceReuse(loop, selection, destinations).find();
  }

  private List<TileProgram.Overwrite> find() {
    Map<LoopValue, Integer> lastUses = selection.lastUses();
    List<LoopValue> loads = Values.of(loop).stream().filter(v -> v.load() != null).toList();
    List<TileProgram.Overwrite> found = new ArrayList<>();
    for (LoopOutput root : loop.roots()) {
      int written = written(root);
      Buffer to = root.destination().buffer();
      if (written < 0) {
        continue;
      }
      loads.stream()
          .map(v -> v.load().buffer())
          .distinct()
          .filter(from -> from.shape().count() == to.shape().count())
          .filter(
              from ->
                  loads.stream()
                      .filter(v -> v.load().buffer() == from)
                      .allMatch(v -> isBefore(v, root, written, lastUses)))
          .forEach(from -> found.add(new TileProgram.Overwrite(from, to)));
    }
    return found;
  }

  /** Returns the first instruction that writes to a root's destination, −1 if none does. */
  private int written(LoopOutput root) {
    if (!destinations.isDirect(root)) {
      return -1;
    }
    List<ChosenInstruction> instructions = selection.instructions();
    for (int i = 0; i < instructions.size(); i++) {
      List<LoopValue> results = instructions.get(i).results();
      if (results.stream().anyMatch(result -> destinations.of(result) == root)) {
        return destinations.of(results.get(0)) == root ? i : -1;
      }
    }
    return -1;
  }

  private boolean isBefore(
      LoopValue load, LoopOutput root, int written, Map<LoopValue, Integer> lastUses) {
    int last = lastUses.getOrDefault(load, -1);
    return load.load().offset() == root.destination().offset()
        && Arrays.equals(load.load().strides(), root.destination().strides())
        && (last < written || last == written && selection.instructions().get(last).mayOverwrite());
  }
}
