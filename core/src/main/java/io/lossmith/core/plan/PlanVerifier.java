package io.lossmith.core.plan;

import io.lossmith.core.op.AxisFold;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks whether a plan computes each thing once and whole: what is read has been written before,
 * all of it; a fold takes each element of its own space once, whatever other roots share its loop;
 * loads and stores stay inside their arrays. Costs next to nothing, so every plan passes it.
 *
 * <p>What breaks a rule is a mistake of the planner, not of the user: an {@link
 * IllegalStateException} that names rule, step and root.
 */
public final class PlanVerifier {
  private final Plan plan;
  private final Map<Buffer, Coverage> written = new IdentityHashMap<>();
  private final Set<Buffer> read = Collections.newSetFromMap(new IdentityHashMap<>());

  private PlanVerifier(Plan plan) {
    this.plan = plan;
  }

  /**
   * Verifies a plan.
   *
   * @throws IllegalStateException if it breaks a rule
   */
  public static void verify(Plan plan) {
    new PlanVerifier(plan).verify();
  }

  private void verify() {
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      String where = "step " + (i + 1);
      List<Buffer> reads = step.reads();
      reads.forEach(buffer -> requireWhole(buffer, where));
      read.addAll(reads);
      step.writes().forEach(buffer -> requireWritable(buffer, where));
      if (step instanceof Step.Loop loop) {
        new LoopVerifier(loop, where).verify();
        loop.roots().forEach(root -> coverage(root.destination().buffer()).add(loop, root, where));
      } else if (step instanceof Step.WholeArray whole) {
        verify(whole, where);
        coverage(whole.result()).addAll(where);
      } else {
        coverage(((Step.Clear) step).result()).clear(where);
      }
    }
    for (Buffer buffer : plan.buffers()) {
      if (buffer.kind() == Buffer.Kind.OUTPUT) {
        requireWhole(buffer, "the end");
      }
    }
    plan.checks().forEach(buffer -> requireWhole(buffer, "the checks"));
  }

  private Coverage coverage(Buffer buffer) {
    return written.computeIfAbsent(buffer, Coverage::new);
  }

  private void requireWhole(Buffer buffer, String where) {
    boolean isGiven = buffer.kind() == Buffer.Kind.INPUT || buffer.kind() == Buffer.Kind.DATA;
    require(isGiven || coverage(buffer).isWhole(), "%s reads %s before it is whole", where, buffer);
  }

  private void requireWritable(Buffer buffer, String where) {
    boolean isOwn = buffer.kind() == Buffer.Kind.TEMPORARY || buffer.kind() == Buffer.Kind.OUTPUT;
    require(isOwn, "%s writes %s, which is only read", where, buffer);
    require(!read.contains(buffer), "%s writes %s after it was read", where, buffer);
  }

  private static void verify(Step.WholeArray whole, String where) {
    for (int i = 0; i < whole.operands().size(); i++) {
      Buffer operand = whole.operands().get(i);
      require(
          operand.shape().count() == whole.shapes().get(i).count(),
          "%s reads %s as %s",
          where,
          operand,
          whole.shapes().get(i));
    }
  }

  static void require(boolean holds, String message, Object... parts) {
    if (!holds) {
      throw new IllegalStateException("plan: " + String.format(message, parts));
    }
  }

  /** Looks at the values and roots of one loop. */
  private static final class LoopVerifier {
    private final Step.Loop loop;
    private final String where;
    private final boolean[] inner;

    LoopVerifier(Step.Loop loop, String where) {
      this.loop = loop;
      this.where = where;
      this.inner = loop.inner();
    }

    void verify() {
      List<LoopValue> values = Values.of(loop);
      Set<LoopValue> before = new HashSet<>();
      for (LoopValue value : values) {
        require(
            before.containsAll(value.operands()), "%s computes %s too early", where, value.op());
        before.add(value);
        if (value.load() != null) {
          requireInside(value.load());
        } else if (value.op() instanceof AxisFold) {
          requireLocalFold(value);
        }
      }
      loop.roots().forEach(this::verify);
    }

    private void requireLocalFold(LoopValue value) {
      for (int axis = 0; axis < inner.length; axis++) {
        require(
            value.folds(axis) == inner[axis],
            "%s folds %s locally along other axes than the rest of the loop",
            where,
            value.op());
        require(
            !(inner[axis] && value.variesOver(axis)),
            "%s: %s varies along an axis that it folds",
            where,
            value.op());
      }
    }

    private void verify(LoopOutput root) {
      requireInside(root.destination());
      int[] strides = root.destination().strides();
      long elements = 1;
      boolean ownsInner = false;
      boolean lacksInner = false;
      for (int axis = 0; axis < strides.length; axis++) {
        boolean owned = root.folded()[axis] || strides[axis] != 0;
        require(
            !(root.folded()[axis] && (strides[axis] != 0 || root.fold() == null)),
            "%s: %s is folded and kept along one axis",
            where,
            root.destination().buffer());
        if (loop.sizes()[axis] == 1) {
          continue;
        }
        elements *= owned ? loop.sizes()[axis] : 1;
        require(
            owned || inner[axis],
            "%s: %s is neither folded nor kept along an axis of %s",
            where,
            root.destination().buffer(),
            loop.sizes()[axis]);
        ownsInner |= inner[axis] && owned;
        lacksInner |= inner[axis] && !owned;
        require(
            owned || !root.value().variesOver(axis),
            "%s: %s varies along an axis of %s that it is not kept along",
            where,
            root.destination().buffer(),
            loop.sizes()[axis]);
      }
      require(
          !(ownsInner && lacksInner),
          "%s: %s runs over some inner axes and not over others, so its elements count several"
              + " times",
          where,
          root.destination().buffer());
      require(
          elements == root.elements(),
          "%s: %s takes %s elements, must be %s",
          where,
          root.destination().buffer(),
          elements,
          root.elements());
    }

    private void requireInside(LoopValue.Load load) {
      long least = load.offset();
      long most = load.offset();
      for (int axis = 0; axis < loop.sizes().length; axis++) {
        if (loop.sizes()[axis] == 0) {
          return;
        }
        long span = (loop.sizes()[axis] - 1L) * load.strides()[axis];
        least += Math.min(0, span);
        most += Math.max(0, span);
      }
      require(
          least >= 0 && most < load.buffer().shape().count(),
          "%s walks %s from %s to %s, which has %s elements",
          where,
          load.buffer(),
          least,
          most,
          load.buffer().shape().count());
    }
  }
}
