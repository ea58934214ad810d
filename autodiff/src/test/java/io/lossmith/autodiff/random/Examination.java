package io.lossmith.autodiff.random;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import java.util.Arrays;

/**
 * Everything that must hold for a formula on an engine: it is as the reference computes it, a
 * second run has the same bits, so has any number of threads, and inputs are only read.
 */
final class Examination {
  private static final int[] THREADS = {2, 7};

  private Examination() {}

  /** Looks at a formula from the beginning; what fails to be built is a difference too. */
  static Outcome of(Formula formula, Contender contender, boolean onThreads) {
    Trial trial;
    try {
      trial = Trial.of(formula);
    } catch (RuntimeException | Error e) {
      return Outcome.thrown("before any engine", e);
    }
    return of(trial, contender, onThreads);
  }

  static Outcome of(Trial trial, Contender contender, boolean onThreads) {
    if (!trial.judge().isFinite()) {
      return Outcome.leftOut("not finite");
    }
    float[][] outputs = trial.outputs();
    Outcome outcome = runs(trial, contender.engine(), outputs);
    if (!outcome.differs()) {
      outcome = counted(trial, outputs);
    }
    if (onThreads && outcome.state() == Outcome.State.AGREES) {
      outcome = threads(trial, contender.engine(), outputs);
    }
    return outcome;
  }

  /** Compares outputs, and asks the judge whether a difference counts. */
  static Outcome counted(Trial trial, float[][] outputs) {
    Outcome outcome = trial.judge().compare(outputs);
    return outcome.differs() && !trial.judge().isStableAfterAll()
        ? Outcome.leftOut("moves with rounding")
        : outcome;
  }

  private static Outcome runs(Trial trial, Engine engine, float[][] outputs) {
    float[][] inputs = copy(trial.inputs());
    float[][] again = trial.outputs();
    try (Program program = engine.compile(trial.graph())) {
      program.run(inputs, outputs);
      program.run(inputs, again);
    } catch (RuntimeException | Error e) {
      return Outcome.thrown("", e);
    }
    if (!Arrays.deepEquals(inputs, trial.inputs())) {
      return Outcome.differs("writes to inputs", "");
    }
    return same("second run differs", outputs, again);
  }

  private static Outcome threads(Trial trial, Engine engine, float[][] outputs) {
    for (int threads : THREADS) {
      float[][] shared = trial.outputs();
      try (Program program = engine.withThreads(threads).compile(trial.graph())) {
        program.run(trial.inputs(), shared);
      } catch (RuntimeException | Error e) {
        return Outcome.thrown("on " + threads + " threads", e);
      }
      Outcome outcome = same("other bits on " + threads + " threads", outputs, shared);
      if (outcome.differs()) {
        return outcome;
      }
    }
    return Outcome.AGREES;
  }

  /** Compares bits; all NaN are one. */
  static Outcome same(String kind, float[][] first, float[][] second) {
    for (int k = 0; k < first.length; k++) {
      int at = Arrays.mismatch(first[k], second[k]);
      if (at >= 0) {
        return Outcome.differs(
            kind, "output %d at %d was %s, is %s".formatted(k, at, first[k][at], second[k][at]));
      }
    }
    return Outcome.AGREES;
  }

  private static float[][] copy(float[][] arrays) {
    return Arrays.stream(arrays).map(float[]::clone).toArray(float[][]::new);
  }
}
