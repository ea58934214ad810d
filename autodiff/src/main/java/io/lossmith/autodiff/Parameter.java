package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Leaf;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor whose numbers may change: learnable weights, schedules. Gradients are taken with respect
 * to it as to any tensor.
 *
 * <p>What is built from it keeps the numbers that it has at that moment, however late it is read:
 *
 * <pre>{@code
 * Parameter w = Parameter.of(1);
 * Tensor y = w.times(2);
 * w.set(5);
 * y.item();            // 2
 * w.times(2).item();   // 10
 * }</pre>
 *
 * <p>A function that is traced ({@link Tracing}, {@link Gradients#valueAndGradient}, a compiled
 * loss) reads it anew at each run. Whoever changes it while such a program runs gets old numbers,
 * new ones or some of both.
 */
public final class Parameter extends Tensor {
  @Serial private static final long serialVersionUID = 1L;

  private final transient float[] values;
  private final transient Node live;
  private transient @Nullable Node moment;

  /** What {@link #moment} holds. */
  private transient float[] seen = {};

  private Parameter(float[] values, Shape shape) {
    this(values, Node.leaf(new Leaf.Data(values, true), shape));
  }

  private Parameter(float[] values, Node live) {
    super(live);
    this.values = values;
    this.live = live;
  }

  /** Returns a parameter {@code []} of one number. */
  public static Parameter of(float value) {
    return new Parameter(new float[] {value}, Shape.SCALAR);
  }

  /**
   * Returns a parameter that starts with a copy of the values.
   *
   * @throws ShapeException if there are not as many as the sizes ask
   */
  public static Parameter of(float[] values, int... sizes) {
    Shape shape = Shape.of(sizes);
    Creation.requireCount("Parameter.of", values.length, shape);
    return new Parameter(values.clone(), shape);
  }

  /**
   * Replaces all numbers; what was built before keeps the old ones.
   *
   * @throws ShapeException if there are not as many as before
   */
  public void set(float... changed) {
    Creation.requireCount("Parameter.set", changed.length, shape());
    System.arraycopy(changed, 0, values, 0, values.length);
  }

  /**
   * Returns the array of the numbers itself, always the same: who writes to it changes the
   * parameter, as {@link #set} does.
   */
  public float[] array() {
    return values;
  }

  /**
   * Returns the numbers that programs read at each run while a function is traced, else those of
   * this moment. They are compared rather than counted, so that no write to the array is missed.
   */
  @Override
  Node node() {
    if (Trace.running()) {
      return live;
    }
    synchronized (this) {
      Node known = moment;
      if (known == null || !Arrays.equals(seen, values)) {
        seen = values.clone();
        Node data = Node.leaf(new Leaf.Data(seen, false), shape());
        known = Node.of(new Alias(new Moment(this)), List.of(data), null);
        moment = known;
      }
      return known;
    }
  }

  @Override
  Node source() {
    return live;
  }

  @Override
  synchronized List<Node> nodes() {
    return moment == null ? List.of(live) : List.of(live, moment);
  }

  @Override
  float[] held() {
    return values;
  }

  @Override
  Object writeReplace() {
    return new SerialTensor(shape().toArray(), values.clone(), true);
  }

  /** Says of data that it is what a parameter held at some moment. */
  static final class Moment {
    private final Parameter parameter;

    private Moment(Parameter parameter) {
      this.parameter = parameter;
    }

    Parameter parameter() {
      return parameter;
    }

    /** Returns the parameter whose numbers these were, or null. */
    static @Nullable Parameter of(Node node) {
      return node.op() instanceof Alias alias && alias.meaning() instanceof Moment moment
          ? moment.parameter
          : null;
    }
  }
}
