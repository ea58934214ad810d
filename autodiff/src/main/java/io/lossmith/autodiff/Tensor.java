package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Op;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An array of float32 numbers with a {@link Shape}, row-major, or a computation that gives one.
 *
 * <p>Methods build: nothing is computed until a value is read by {@link #item} or {@link #toArray},
 * which runs everything needed as one fused program on the default engine. Shapes are checked when
 * built, so an exception points at the line that is wrong. Once read, a tensor holds its numbers
 * and releases what it was computed from; gradients are therefore taken before, see {@link
 * Gradients}.
 *
 * <pre>{@code
 * Tensor p = logits.sigmoid();
 * Tensor dice = p.times(t).sum().times(2).div(p.sum().plus(t.sum()));
 * float value = dice.item();
 * }</pre>
 *
 * <p>Axes count from 0, negative ones from the last (−1). Immutable, but for {@link Parameter};
 * thread-safe; compared by identity, for equal numbers see {@link #equalTo(Tensor)}. Serialised as
 * shape and numbers, which are computed for it if need be; a parameter with those of the moment.
 */
public sealed class Tensor extends WholeArrays implements Serializable permits Parameter {
  @Serial private static final long serialVersionUID = 1L;
  private static final WeakReference<Node> NONE = new WeakReference<>(null);

  private transient volatile Node node;

  /** What others built on before this was read still leads to it. */
  private transient volatile WeakReference<Node> unread = NONE;

  /** What is computed with this when it is read; this is among them. */
  private transient volatile List<Tensor> together = List.of();

  Tensor(Node node) {
    this.node = node;
  }

  /** Builds an operation, checks its shapes and notes the user's line while tracing. */
  static Tensor make(Op op, Tensor... operands) {
    for (Tensor operand : operands) {
      if (operand == null) {
        throw new NullPointerException(op.label() + ": a tensor is null, must be given");
      }
    }
    List<Node> nodes = Arrays.stream(operands).map(Tensor::node).toList();
    return new Tensor(Node.of(op, nodes, Trace.line()));
  }

  // Making

  /**
   * Returns a tensor of a copy of the values.
   *
   * @throws ShapeException if there are not as many as the sizes ask
   */
  public static Tensor of(float[] values, int... sizes) {
    return Creation.data("of", values.clone(), false, sizes);
  }

  /**
   * Returns a tensor that shares the array. Who writes to it later changes the tensor, and what is
   * computed from it is then undefined; for values that change there is {@link Parameter}.
   *
   * @throws ShapeException if there are not as many as the sizes ask
   */
  public static Tensor wrap(float[] values, int... sizes) {
    return Creation.data("wrap", values, false, sizes);
  }

  /** Returns a tensor {@code []} of one number. */
  public static Tensor scalar(double value) {
    return Creation.scalar(value);
  }

  /** Returns a tensor that has the same number everywhere, and holds it once. */
  public static Tensor full(double value, int... sizes) {
    return Creation.full(value, Shape.of(sizes));
  }

  /** Returns a tensor of zeros. */
  public static Tensor zeros(int... sizes) {
    return full(0, sizes);
  }

  /** Returns a tensor of ones. */
  public static Tensor ones(int... sizes) {
    return full(1, sizes);
  }

  /** Returns 0, 1 … n − 1, shape {@code [n]}. */
  public static Tensor iota(int n) {
    return Creation.iota(n);
  }

  /** Returns ones on the diagonal of {@code [n, n]}, zeros elsewhere. */
  public static Tensor eye(int n) {
    return Creation.eye(n);
  }

  /**
   * Returns a tensor of class indices.
   *
   * @throws IllegalArgumentException if one is beyond ±2^24, where float is no longer exact
   */
  public static Tensor labels(int[] labels, int... sizes) {
    return Creation.labels(labels, sizes);
  }

  /** Returns a tensor of class indices; bytes are unsigned, so that (byte) −1 is 255. */
  public static Tensor labels(byte[] labels, int... sizes) {
    return Creation.labels(labels, sizes);
  }

  // Reading

  /** Returns the shape; nothing is computed for it. */
  public Shape shape() {
    return node.shape();
  }

  /**
   * Returns the size of an axis; −1 is the last.
   *
   * @throws ShapeException if there is no such axis
   */
  public int size(int axis) {
    Shape shape = shape();
    return shape.get(shape.axis("size", axis));
  }

  /**
   * Returns the number of a tensor that has just one, computing it if need be.
   *
   * @throws ShapeException if there is not exactly one
   * @throws IllegalStateException while tracing, if the number depends on what is traced over
   * @throws IllegalArgumentException if data break a check
   */
  public float item() {
    return EagerEvaluation.item(this);
  }

  /**
   * Returns a copy of the numbers, row-major, computing them if need be.
   *
   * @throws IllegalStateException while tracing, if they depend on what is traced over
   * @throws IllegalArgumentException if data break a check
   */
  public float[] toArray() {
    return EagerEvaluation.values("toArray", this).clone();
  }

  /** Computes several tensors in one program, so that what they share is computed once. */
  public static void evaluate(Tensor... tensors) {
    Elements.require(tensors, "tensors");
    EagerEvaluation.evaluate("evaluate", List.of(tensors));
  }

  /**
   * Returns what will run when this is read: passes, operations, bytes moved.
   *
   * @throws EngineException if the default engine cannot run it
   */
  public String explain() {
    return EagerEvaluation.explain(this);
  }

  /** Returns the shape and the first numbers, or how they would be computed; computes nothing. */
  @Override
  public String toString() {
    return EagerEvaluation.describe(this);
  }

  // Choosing

  /**
   * Returns a where the condition is not 0 (NaN counts as not 0), b elsewhere; shapes broadcast.
   * What is not chosen leaks neither a value nor a gradient, not even NaN, to any order: {@code
   * where(x > 0, x.log(), 0)} has the gradient 0 at 0.
   *
   * <p>That goes for all that a chosen element is made of by operations on single elements, folds,
   * moves and softmax. Operations on whole arrays (convolutions, products of matrices, sorting) and
   * rules of {@link CustomGradient} get a gradient of 0 for what is not chosen, and what they read
   * should be finite there.
   */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Arithmetic.where(condition, a, b);
  }

  /** Returns a where the condition is not 0, b elsewhere. */
  public static Tensor where(Tensor condition, Tensor a, double b) {
    return where(condition, a, scalar(b));
  }

  /** Returns a where the condition is not 0, b elsewhere. */
  public static Tensor where(Tensor condition, double a, Tensor b) {
    return where(condition, scalar(a), b);
  }

  /** Returns a where the condition is not 0, b elsewhere. */
  public static Tensor where(Tensor condition, double a, double b) {
    return where(condition, scalar(a), scalar(b));
  }

  // Joining

  /** Returns the tensors one after the other along an axis; all other sizes must be equal. */
  public static Tensor concat(int axis, Tensor... tensors) {
    Elements.require(tensors, "tensors");
    return Moves.concat(axis, tensors);
  }

  /**
   * Returns the tensors, which must have one shape, one after the other along a new axis that
   * stands at {@code axis} in the result.
   */
  public static Tensor stack(int axis, Tensor... tensors) {
    Elements.require(tensors, "tensors");
    return Moves.stack(axis, tensors);
  }

  // Composed

  /**
   * Returns e^x / Σ e^x along the axis. Finite for any finite input; NaN where one is ∞ or NaN, or
   * all are −∞.
   */
  public Tensor softmax(int axis) {
    return Composed.softmax(this, axis);
  }

  /** Returns ln of {@link #softmax}, finite for any finite input, NaN under the same conditions. */
  public Tensor logSoftmax(int axis) {
    return Composed.logSoftmax(this, axis);
  }

  /** Returns ln Σ e^x along the axis, which is dropped; NaN where one is ∞ or NaN or all are −∞. */
  public Tensor logSumExp(int axis) {
    return Composed.logSumExp(this, axis);
  }

  /**
   * Returns 1 where a label equals the class and 0 elsewhere, with the classes along a new axis
   * that stands at {@code axis} in the result. A label that is no class gives zeros. No gradient.
   */
  public Tensor oneHot(int classes, int axis) {
    return Composed.oneHot(this, classes, axis);
  }

  /**
   * Returns what stands at the label's class: {@code x.logSoftmax(1).atLabel(1, labels)} of {@code
   * [N, C, H, W]} and labels {@code [N, H, W]} is {@code [N, H, W]}. A label that is no class gives
   * 0. Gradients flow to the elements taken.
   *
   * @param axis the classes'; it is dropped
   * @param labels broadcast with this without the axis, so that of weights {@code [C]} each pixel
   *     takes that of its class
   * @throws ShapeException if they do not go together
   */
  public Tensor atLabel(int axis, Tensor labels) {
    return Composed.atLabel(this, axis, labels);
  }

  /**
   * Returns f of all pairs of elements along an axis, which becomes two: at {@code [..., i, j,
   * ...]} is f of element i and element j. {@code iota(3).pairwise(0, Tensor::minus)} is i − j.
   *
   * @param f of tensors that broadcast: i runs along the axis of the first, j along the one behind
   *     it of the second
   */
  public Tensor pairwise(int axis, BinaryOperator<Tensor> f) {
    return pairwise(axis, this, f);
  }

  /**
   * Returns f of all pairs of an element of this, i, and one of another tensor, j, as {@link
   * #pairwise(int, BinaryOperator)}; the other axes broadcast.
   *
   * @throws ShapeException if the tensors have not as many axes
   */
  public Tensor pairwise(int axis, Tensor other, BinaryOperator<Tensor> f) {
    return Composed.pairwise(this, axis, other, f);
  }

  /** Returns this as a constant for gradients: nothing flows back through it. */
  public Tensor stopGradient() {
    return Composed.stopGradient(this);
  }

  /**
   * Returns this, with a demand: every element is a whole number 0 … classes − 1, or the ignore
   * index. A run whose data break it throws an {@link IllegalArgumentException} that begins with
   * {@code who} and names the first bad element and where it stands. The check runs within the
   * fused passes, and only if the result is used.
   */
  public Tensor checkLabels(String who, int classes, @Nullable Integer ignoreIndex) {
    return Composed.checkLabels(this, who, classes, ignoreIndex);
  }

  /**
   * Returns this, with the demand that every element is from {@code low} to {@code high}, both
   * included, which NaN never is; {@code must} says in words what elements must be and what to do.
   */
  public Tensor checkRange(String who, double low, double high, String must) {
    return Composed.checkRange(this, who, low, high, must);
  }

  /** Returns this with the demand of {@link #checkRange}, where NaN is let through. */
  public Tensor checkRangeOrNaN(String who, double low, double high, String must) {
    return Composed.checkRangeOrNaN(this, who, low, high, must);
  }

  /** Returns this, with the demand that no element is NaN. */
  public Tensor checkNotNaN(String who) {
    return Composed.checkNotNaN(this, who);
  }

  // Not for users

  /** Writes the numbers in place of what they are computed from. */
  @Serial
  Object writeReplace() {
    return new SerialTensor(shape().toArray(), toArray(), false);
  }

  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("tensor: the stream must hold shape and numbers");
  }

  /** Returns what is built on. */
  @Override
  Node node() {
    return node;
  }

  /** Returns the node that says where numbers come from. */
  Node source() {
    return node;
  }

  /** Returns the nodes that stand for this: the present one, and the one before it was read. */
  List<Node> nodes() {
    Node before = unread.get();
    return before == null ? List.of(node) : List.of(node, before);
  }

  /** Keeps the values and releases the operands, unless another thread has done so. */
  final synchronized void settle(Node computed, Node data) {
    if (node == computed) {
      unread = new WeakReference<>(computed);
      node = data;
      together = List.of();
    }
  }

  /** Lets the first read of one of these compute all. */
  static List<Tensor> together(List<Tensor> tensors) {
    if (tensors.size() > 1 && !Trace.running()) {
      tensors.forEach(tensor -> tensor.together = tensors);
    }
    return tensors;
  }

  /** Returns what is to be computed when this is read. */
  final List<Tensor> together() {
    List<Tensor> all = together;
    return all.isEmpty() ? List.of(this) : all;
  }

  /** Returns the array that this holds, or null if it is still to be computed. */
  float @Nullable [] held() {
    Node now = Provenance.unwrap(node);
    return now.op() instanceof Leaf.Data data ? data.values() : null;
  }
}
