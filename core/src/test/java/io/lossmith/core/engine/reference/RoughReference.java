package io.lossmith.core.engine.reference;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.IsAmongGreatest;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Rounding;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.WholeArrayOp;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The reference with errors such as floats make: every result is off by a few units in the last
 * place. Where that changes an output much, no engine can be judged by it.
 *
 * <p>An error is a function of the value, so what is equal because it is the same operation on the
 * same numbers stays equal: a value still ties with its own maximum. What is equal in exact
 * arithmetic only does not. Results of arithmetic that floats hold exactly have no error, nor do
 * moves, choices and comparisons. Sums are off in proportion to the sum of the magnitudes, and each
 * in a way of its own, for engines may add in any order. Exponentials and their kin may be 0 where
 * they are below all normal floats: engines' are, though floats hold e to the power −90.
 */
public final class RoughReference {
  private static final double UNIT = 0x1p-23;

  private final Graph graph;
  private final float[][] inputs;
  private final Map<Node, double[]> exact = new IdentityHashMap<>();

  /** Computes the graph without errors first: what each error depends on. */
  public RoughReference(Graph graph, float[][] inputs) {
    this.graph = graph;
    this.inputs = inputs;
    double[][] leaves = ReferenceProgram.exact(graph, inputs);
    for (Node node : graph.nodes()) {
      exact.put(node, Formulas.value(node, operands(node, exact), leaves));
    }
  }

  /**
   * Returns the values of all outputs; checks are not looked at.
   *
   * @param units how large errors are, in units in the last place; with the sign turned, each is
   *     the opposite; below 0, approximate results that are smaller than all normal floats are 0
   * @param seed of the errors
   */
  public double[][] evaluate(double units, long seed) {
    return evaluate(new Errors(units * UNIT, seed), Ties.AS_THEY_ARE);
  }

  /** What becomes of comparisons that errors may decide. */
  public enum Ties {
    /** Each as the numbers are. */
    AS_THEY_ARE,
    /** The two sides are equal: floats are so few that some coincide. */
    MADE,
    /**
     * The other side is the greater: what ties in exact arithmetic only may come out either way.
     */
    TURNED,
    /** Some hold and some do not: a few of many may matter where all or none do not. */
    MIXED
  }

  /** Returns the values of all outputs where, besides, near ties are made or turned. */
  public double[][] evaluate(double units, long seed, Ties ties) {
    return evaluate(new Errors(units * UNIT, seed), ties);
  }

  private double[][] evaluate(Errors errors, Ties ties) {
    double[][] leaves = ReferenceProgram.exact(graph, inputs);
    Map<Node, double[]> values = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      values.put(
          node,
          node.op() instanceof Leaf
              ? Formulas.value(node, new double[0][], leaves)
              : rough(node, operands(node, values), errors));
      if (ties != Ties.AS_THEY_ARE) {
        tie(node, values, ties);
      }
    }
    return graph.outputs().stream().map(values::get).toArray(double[][]::new);
  }

  /** Changes the results of comparisons, and signs, that errors may decide. */
  private void tie(Node node, Map<Node, double[]> values, Ties ties) {
    boolean isSign = node.op() == Unary.SIGN;
    boolean isOrder = node.op() == Binary.LESS || node.op() == Binary.LESS_EQUAL;
    boolean isEquality = node.op() == Binary.EQUAL || node.op() == Binary.NOT_EQUAL;
    if (!isSign && !isOrder && !(isEquality && ties != Ties.TURNED)) {
      return;
    }
    double[][] errors = new double[node.operands().size()][];
    for (int i = 0; i < errors.length; i++) {
      double[] rough = values.get(node.operand(i));
      double[] right = exact.get(node.operand(i));
      errors[i] = new double[rough.length];
      Arrays.setAll(errors[i], at -> Math.abs(rough[at] - right[at]));
    }
    double[] gap = values.get(node.operand(0));
    double[] slack = errors[0];
    if (!isSign) {
      Node difference = Node.of(Binary.SUBTRACT, node.operands(), null);
      gap = Formulas.apply(difference, operands(node, values));
      slack = Formulas.apply(Node.of(Binary.ADD, node.operands(), null), errors);
    }
    double[] result = values.get(node);
    double[] right = exact.get(node);
    boolean holdsOfEqual = node.op() == Binary.EQUAL || node.op() == Binary.LESS_EQUAL;
    for (int i = 0; i < result.length; i++) {
      if (gap[i] != 0 && Math.abs(gap[i]) <= 2 * slack[i]) {
        double turned = isSign ? -right[i] : 1 - right[i];
        double tied = holdsOfEqual ? 1 : 0;
        boolean isMixed = ties == Ties.MIXED && (i * 0x9E3779B9 >>> 16 & 1) == 0;
        result[i] = ties == Ties.TURNED ? turned : isMixed ? 1 - tied : tied;
      }
    }
  }

  private static double[][] operands(Node node, Map<Node, double[]> values) {
    return node.operands().stream().map(values::get).toArray(double[][]::new);
  }

  private double[] rough(Node node, double[][] operands, Errors errors) {
    double[] result = Formulas.apply(node, operands);
    double[] keys = exact.getOrDefault(node, result);
    Op op = node.op();
    boolean isSum = op instanceof AxisFold reduction && reduction.fold() == Fold.SUM;
    if (op instanceof Unary || op instanceof Binary || op instanceof DistanceTransform) {
      errors.addToElements(result, keys, op);
    } else if (isSum && !areWhole(operands[0])) {
      errors.addToSums(result, keys, Formulas.apply(node, magnitudes(op, operands)), op);
    } else if (op instanceof WholeArrayOp && !isChoice(op) && !areWhole(result)) {
      errors.addToSums(result, keys, Formulas.apply(node, magnitudes(op, operands)), op);
    }
    return result;
  }

  /** Tells whether engines give what floats hold exactly; tanh 20 is not quite 1 everywhere. */
  private static boolean isRounded(Op op) {
    return !(op instanceof ElementwiseOp elementwise)
        || elementwise.rounding() != Rounding.APPROXIMATE;
  }

  private static boolean isChoice(Op op) {
    return op instanceof ArgSort
        || op instanceof Gather
        || op instanceof IsAmongGreatest
        || op instanceof MaxPoolPick;
  }

  /** All these operations are sums of products; keys are no part of them. */
  private static double[][] magnitudes(Op op, double[][] operands) {
    boolean hasKeys = op instanceof RankedSum || op instanceof MaxPoolScatter;
    double[][] magnitudes = operands.clone();
    for (int i = hasKeys ? 1 : 0; i < magnitudes.length; i++) {
      magnitudes[i] = Arrays.stream(operands[i]).map(Math::abs).toArray();
    }
    return magnitudes;
  }

  private static boolean areWhole(double[] values) {
    for (double value : values) {
      if (value != Math.rint(value) || Math.abs(value) >= 0x1p24) {
        return false;
      }
    }
    return true;
  }

  /** The errors of one evaluation. */
  private record Errors(double size, long seed) {
    void addToElements(double[] values, double[] keys, Op op) {
      long salt = salt(op);
      boolean isRounded = isRounded(op);
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        if (!isRounded || value != (float) value) {
          double error = of(salt ^ Double.doubleToLongBits(keys[i]));
          boolean isLost = !isRounded && size < 0 && Math.abs(value) < Float.MIN_NORMAL;
          values[i] = isLost ? 0 : (float) (value + Math.abs(value) * error);
        }
      }
    }

    void addToSums(double[] values, double[] keys, double[] magnitudes, Op op) {
      long salt = salt(op);
      for (int i = 0; i < values.length; i++) {
        double error = of((salt ^ Double.doubleToLongBits(keys[i])) * 31 + i);
        values[i] = (float) (values[i] + magnitudes[i] * error);
      }
    }

    private long salt(Op op) {
      return seed * 0x9E3779B97F4A7C15L + op.label().hashCode();
    }

    /** Returns a number between half the size and the size, of either sign. */
    private double of(long key) {
      long h = key * 0xBF58476D1CE4E5B9L;
      h = (h ^ h >>> 32) * 0x94D049BB133111EBL;
      h ^= h >>> 29;
      double part = 0.5 + 0.5 * ((h >>> 12) * 0x1p-52);
      return (h & 1) == 0 ? size * part : -size * part;
    }
  }
}
