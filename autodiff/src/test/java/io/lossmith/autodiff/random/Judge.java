package io.lossmith.autodiff.random;

import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.engine.reference.RoughReference;
import io.lossmith.core.engine.reference.RoughReference.Ties;
import io.lossmith.core.graph.Graph;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether outputs are right: within a thousandth of the largest value of each. Where errors of
 * the size of float's rounding would move the reference itself nearly as far, or make it take
 * another branch, nobody can say.
 */
final class Judge {
  private static final double TOLERANCE = 1e-3;

  /** What cancels to 0 is not exactly 0. */
  private static final double LEAST_SCALE = 1e-2;

  /** Gradients of a mean are small by their number. */
  private static final double LEAST_GRADIENTS = 1e-1;

  /** Floats end at 3e38; what squares of large numbers do is not asked here. */
  private static final double MOST = 1e30;

  /**
   * How large errors are, in units of the last place, and how much of the tolerance they may take:
   * such as engines make, and some that are larger, for branches near which the first do not get.
   */
  private static final double[][] ERRORS = {{2, .3}, {10, 1.5}, {10, 1.5}, {10, 1.5}};

  /** How many more errors are tried where an engine differs: some branches one in four reaches. */
  private static final int MORE_ERRORS = 20;

  private final Graph graph;
  private final float[][] inputs;
  private final List<String> names;
  private final double[][] must;
  private final double[] allowed;
  private @Nullable Boolean isStable;

  Judge(Graph graph, float[][] inputs, List<String> names) {
    this.graph = graph;
    this.inputs = inputs;
    this.names = names;
    this.must = ReferenceEngine.evaluate(graph, exact(inputs));
    this.allowed = new double[must.length];
    for (int i = 0; i < must.length; i++) {
      boolean isGradient = names.get(i).contains("gradient");
      double least = isGradient ? LEAST_GRADIENTS / must[i].length : LEAST_SCALE;
      allowed[i] = TOLERANCE * Math.max(Math.min(LEAST_SCALE, least), greatest(must[i]));
    }
  }

  private static double[][] exact(float[][] inputs) {
    double[][] exact = new double[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      float[] input = inputs[i];
      exact[i] = new double[input.length];
      Arrays.setAll(exact[i], at -> input[at]);
    }
    return exact;
  }

  private static double greatest(double[] values) {
    double most = 0;
    for (double value : values) {
      most = Double.isNaN(value) ? Double.NaN : Math.max(most, Math.abs(value));
    }
    return most;
  }

  /** Tells whether all outputs are ordinary numbers. */
  boolean isFinite() {
    for (double[] output : must) {
      if (!(greatest(output) < MOST)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether rounding hardly moves the reference; it alone is asked. */
  synchronized boolean isStable() {
    if (isStable == null) {
      isStable = isFinite() && !moves();
    }
    return isStable;
  }

  /** Tells the same of many more errors, each and its opposite; for where an engine differs. */
  boolean isStableAfterAll() {
    RoughReference rough = new RoughReference(graph, inputs);
    for (int seed = ERRORS.length; seed < ERRORS.length + MORE_ERRORS; seed++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        if (isMoved(rough.evaluate(sign * ERRORS[0][0], seed), ERRORS[0][1])) {
          return false;
        }
      }
    }
    return isStable();
  }

  private boolean moves() {
    RoughReference rough = new RoughReference(graph, inputs);
    for (int i = 0; i < ERRORS.length; i++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        if (isMoved(rough.evaluate(sign * ERRORS[i][0], i), ERRORS[i][1])) {
          return true;
        }
      }
    }
    for (Ties ties : List.of(Ties.MADE, Ties.TURNED, Ties.MIXED)) {
      for (int sign = -1; sign <= 1; sign += 2) {
        if (isMoved(rough.evaluate(sign * ERRORS[0][0], 0, ties), 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Tells whether outputs are off by more than a part of the tolerance. */
  private boolean isMoved(double[][] outputs, double part) {
    for (int k = 0; k < must.length; k++) {
      for (int at = 0; at < must[k].length; at++) {
        if (!(Math.abs(outputs[k][at] - must[k][at]) <= allowed[k] * part)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Compares an engine's outputs; {@link #isStable} says whether a difference counts. */
  Outcome compare(float[][] outputs) {
    for (int k = 0; k < must.length; k++) {
      int bad = 0;
      int worst = -1;
      double most = 0;
      for (int at = 0; at < must[k].length; at++) {
        double off = Math.abs(outputs[k][at] - must[k][at]);
        if (!(off <= allowed[k])) {
          bad++;
          if (worst < 0 || off > most) {
            worst = at;
            most = off;
          }
        }
      }
      if (bad > 0) {
        String times = times(outputs[k], must[k]);
        String numbers =
            "%d of %d numbers of output %d, the %s, differ; at %d it is %s, must be %s%s"
                .formatted(
                    bad,
                    must[k].length,
                    k,
                    names.get(k),
                    worst,
                    outputs[k][worst],
                    (float) must[k][worst],
                    times);
        return Outcome.differs(
            "wrong " + names.get(k) + (times.isEmpty() ? "" : " (a multiple)"), numbers);
      }
    }
    return Outcome.AGREES;
  }

  /** Says so if the largest value is a whole number of times what it must be. */
  private static String times(float[] is, double[] must) {
    int largest = 0;
    for (int i = 0; i < must.length; i++) {
      largest = Math.abs(must[i]) > Math.abs(must[largest]) ? i : largest;
    }
    double ratio = is[largest] / must[largest];
    double whole = Math.rint(ratio);
    return whole >= 2 && whole < 100 && Math.abs(ratio - whole) < 1e-3 * whole
        ? ", which is " + (int) whole + " times as much"
        : "";
  }
}
