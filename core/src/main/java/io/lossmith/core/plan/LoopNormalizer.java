package io.lossmith.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a loop into its final form: axes that nobody walks along are dropped, those that are
 * walked alike are merged, and a last axis of one place is added.
 */
final class LoopNormalizer {
  private int[] sizes;
  private boolean[] inner;
  private List<LoopOutput> roots;

  private LoopNormalizer(LoopBuilder loop) {
    IterationSpace space = loop.space();
    sizes = new int[space.rank()];
    inner = new boolean[space.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = space.size(axis);
      inner[axis] = space.isInner(axis);
    }
    roots = loop.roots();
    // Axes were added while values were made: give all of them the same number of axes.
    remap(identity(sizes.length), sizes.length);
  }

  static Step.Loop finish(LoopBuilder loop) {
    LoopNormalizer normalizer = new LoopNormalizer(loop);
    normalizer.dropUnused();
    normalizer.mergeAll();
    normalizer.addLast();
    return normalizer.loop();
  }

  private Step.Loop loop() {
    return new Step.Loop(sizes, inner, roots);
  }

  private void dropUnused() {
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (!isUsed(axis)) {
        without(axis, -1, sizes[axis]);
      }
    }
  }

  private boolean isUsed(int axis) {
    return roots.stream().anyMatch(r -> r.folded()[axis] || r.destination().strides()[axis] != 0)
        || Values.of(loop()).stream().anyMatch(v -> v.variesOver(axis) || v.folds(axis));
  }

  private void mergeAll() {
    for (int i = 0; i < sizes.length; i++) {
      for (int j = 0; j < sizes.length; j++) {
        // Inner axes stay in their order: sums along them are rounded alike in every loop.
        if (i != j && inner[i] == inner[j] && (!inner[i] || i < j) && mergeable(i, j)) {
          without(i, j, sizes[i] * sizes[j]);
          mergeAll();
          return;
        }
      }
    }
  }

  /** Axis i goes around axis j without gaps in every load, store and fold. */
  private boolean mergeable(int i, int j) {
    for (LoopOutput root : roots) {
      if (root.folded()[i] != root.folded()[j] || !nested(root.destination(), i, j)) {
        return false;
      }
    }
    return Values.of(loop()).stream().allMatch(v -> v.load() == null || nested(v.load(), i, j));
  }

  private boolean nested(LoopValue.Load load, int i, int j) {
    return load.strides()[i] == load.strides()[j] * sizes[j];
  }

  /** Takes axis i out, into axis j if that is one, which then has the given size. */
  private void without(int i, int j, int size) {
    int[] target = new int[sizes.length];
    int next = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      target[axis] = axis == i ? -1 : next++;
    }
    int[] left = new int[next];
    boolean[] leftInner = new boolean[next];
    for (int axis = 0; axis < sizes.length; axis++) {
      if (axis != i) {
        left[target[axis]] = axis == j ? size : sizes[axis];
        leftInner[target[axis]] = inner[axis];
      }
    }
    sizes = left;
    inner = leftInner;
    remap(target, next);
  }

  private void addLast() {
    int last = sizes.length;
    sizes = Arrays.copyOf(sizes, last + 1);
    sizes[last] = 1;
    inner = Arrays.copyOf(inner, last + 1);
    remap(identity(last), last + 1);
    roots.forEach(root -> root.folded()[last] = root.fold() != null);
  }

  private void remap(int[] target, int rank) {
    Map<LoopValue, LoopValue> done = new IdentityHashMap<>();
    for (LoopValue value : Values.of(loop())) {
      boolean[] varies = new boolean[rank];
      boolean[] folded = new boolean[rank];
      for (int axis = 0; axis < target.length; axis++) {
        if (target[axis] >= 0) {
          varies[target[axis]] |= value.variesOver(axis);
          folded[target[axis]] |= value.folds(axis);
        }
      }
      List<LoopValue> operands = value.operands().stream().map(done::get).toList();
      LoopValue.Load load = value.load() == null ? null : remap(value.load(), target, rank);
      done.put(value, new LoopValue(value.op(), operands, load, value.node(), varies, folded));
    }
    List<LoopOutput> changed = new ArrayList<>();
    for (LoopOutput root : roots) {
      boolean[] folded = new boolean[rank];
      for (int axis = 0; axis < target.length; axis++) {
        if (target[axis] >= 0 && axis < root.folded().length) {
          folded[target[axis]] = root.folded()[axis];
        }
      }
      LoopValue.Load destination = remap(root.destination(), target, rank);
      changed.add(
          new LoopOutput(
              done.get(root.value()), destination, root.fold(), folded, root.elements()));
    }
    roots = changed;
  }

  private static LoopValue.Load remap(LoopValue.Load load, int[] target, int rank) {
    int[] strides = new int[rank];
    for (int axis = 0; axis < Math.min(target.length, load.strides().length); axis++) {
      if (target[axis] >= 0) {
        strides[target[axis]] = load.strides()[axis];
      }
    }
    return new LoopValue.Load(load.buffer(), load.offset(), strides);
  }

  private static int[] identity(int rank) {
    int[] target = new int[rank];
    for (int i = 0; i < rank; i++) {
      target[i] = i;
    }
    return target;
  }
}
