package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Op;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value inside a loop: computed for each place of the loop along the axes it varies over, and
 * never written to memory unless it is a root. Compared by identity; equal values are made once.
 *
 * <p>The operation is a {@code Leaf.Scalar} (a number), a {@code Leaf.Input} that stands for a
 * load, an elementwise operation, or a {@code Reduction}: a local fold, over {@link #folds some
 * axes} of the loop.
 */
public final class LoopValue {
  private final Op op;
  private final List<LoopValue> operands;
  private final @Nullable Load load;
  private final @Nullable Node node;
  private final boolean[] varies;
  private final boolean @Nullable [] folded;

  /**
   * Where a load reads.
   *
   * @param buffer what it reads from
   * @param offset where the first place of the loop lies
   * @param strides the step along each axis of the loop
   */
  public record Load(Buffer buffer, int offset, int[] strides) {
    /** Refuses null. */
    public Load {
      Objects.requireNonNull(buffer, "buffer");
      Objects.requireNonNull(strides, "strides");
    }
  }

  /**
   * @param varies for each axis of the loop, whether the value differs along it
   * @param folded for each axis of the loop, whether it is folded in place; null for no fold
   */
  LoopValue(
      Op op,
      List<LoopValue> operands,
      @Nullable Load load,
      @Nullable Node node,
      boolean[] varies,
      boolean @Nullable [] folded) {
    this.op = op;
    this.operands = operands;
    this.load = load;
    this.node = node;
    this.varies = varies;
    this.folded = folded;
  }

  /** Returns what is computed. */
  public Op op() {
    return op;
  }

  /** Returns what it is computed from. */
  public List<LoopValue> operands() {
    return operands;
  }

  /** Returns what is read, or null for a value that is computed. */
  public @Nullable Load load() {
    return load;
  }

  /** Returns the node that this value belongs to, for explanations. */
  public @Nullable Node node() {
    return node;
  }

  /** Tells whether the value differs along an axis of the loop. */
  public boolean variesOver(int axis) {
    return axis < varies.length && varies[axis];
  }

  /** Tells whether the value is a local fold over an axis of the loop. */
  public boolean folds(int axis) {
    return folded != null && axis < folded.length && folded[axis];
  }
}
