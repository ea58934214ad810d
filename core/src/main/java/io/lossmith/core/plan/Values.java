package io.lossmith.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Lists the values of a loop. */
public final class Values {
  private Values() {}

  /** Returns all values that the roots need, operands first, each once. */
  public static List<LoopValue> of(Step.Loop loop) {
    List<LoopValue> order = new ArrayList<>();
    Set<LoopValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (LoopOutput root : loop.roots()) {
      collect(root.value(), seen, order);
    }
    return order;
  }

  /** Without recursion: a chain of values may be deeper than the stack. */
  private static void collect(LoopValue root, Set<LoopValue> seen, List<LoopValue> order) {
    List<LoopValue> stack = new ArrayList<>(List.of(root));
    Set<LoopValue> open = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!stack.isEmpty()) {
      LoopValue value = stack.get(stack.size() - 1);
      if (seen.contains(value)) {
        stack.remove(stack.size() - 1);
      } else if (open.add(value)) {
        for (int i = value.operands().size() - 1; i >= 0; i--) {
          stack.add(value.operands().get(i));
        }
      } else {
        stack.remove(stack.size() - 1);
        seen.add(value);
        order.add(value);
      }
    }
  }
}
