package io.lossmith.autodiff.random;

import io.lossmith.core.engine.JoinedSamples;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.Sample;
import java.util.ArrayList;
import java.util.List;

/** A few formulas, one after the other, on each engine; those on a slow compiler together. */
final class Batch {
  /** So many formulas are one batch: also what is joined to a program at most. */
  static final int SIZE = 16;

  private static final int SAMPLED = 16;
  private static final int ON_THREADS = 8;

  private final List<Contender> contenders;
  private final Tally tally;
  private final List<Trial> trials = new ArrayList<>();

  Batch(List<Contender> contenders, Tally tally) {
    this.contenders = contenders;
    this.tally = tally;
  }

  /** Looks at the formulas of these seeds. */
  void run(long from, long to) {
    for (long seed = from; seed < to; seed++) {
      build(Formula.of(seed));
    }
    for (Contender contender : contenders) {
      if (contender.isJoint()) {
        joined(contender);
      } else {
        trials.forEach(trial -> alone(trial, contender));
      }
    }
  }

  private void build(Formula formula) {
    Trial trial;
    try {
      trial = Trial.of(formula);
    } catch (RuntimeException | Error e) {
      Outcome outcome = Outcome.thrown("before any engine", e);
      contenders.forEach(contender -> note(formula, contender, outcome));
      return;
    }
    trials.add(trial);
    if (Math.floorMod(formula.seed(), SAMPLED) == 0) {
      tally.countSample(trial.judge().isStable());
    }
  }

  private void alone(Trial trial, Contender contender) {
    long seed = trial.formula().seed();
    boolean onThreads = Formula.isLarge(seed) || Math.floorMod(seed, ON_THREADS) == 0;
    note(trial.formula(), contender, Examination.of(trial, contender, onThreads));
  }

  private void note(Formula formula, Contender contender, Outcome outcome) {
    tally.count(contender, outcome);
    if (outcome.differs() && tally.wants(contender, outcome)) {
      tally.add(Finding.shrunk(formula, contender, outcome));
    }
  }

  private void joined(Contender contender) {
    List<Trial> finite = trials.stream().filter(trial -> trial.judge().isFinite()).toList();
    List<Sample> samples = new ArrayList<>();
    for (Trial trial : finite) {
      samples.add(new Sample("", trial.graph(), trial.inputs(), 0));
    }
    int at = 0;
    for (JoinedSamples joined : JoinedSamples.of(samples, SIZE)) {
      int end = at + joined.samples().size();
      joined(contender, joined.whole(), finite.subList(at, end));
      at = end;
    }
  }

  /** What goes wrong together is looked at again alone, which says what it was. */
  private void joined(Contender contender, Sample whole, List<Trial> parts) {
    float[][] outputs = whole.outputs();
    float[][] again = whole.outputs();
    try (Program program = contender.engine().compile(whole.graph())) {
      program.run(whole.inputs(), outputs);
      program.run(whole.inputs(), again);
    } catch (RuntimeException | Error e) {
      parts.forEach(
          trial -> note(trial.formula(), contender, Examination.of(trial, contender, false)));
      return;
    }
    int at = 0;
    for (Trial trial : parts) {
      int end = at + trial.graph().outputs().size();
      float[][] own = java.util.Arrays.copyOfRange(outputs, at, end);
      Outcome outcome = Examination.counted(trial, own);
      if (!outcome.differs()) {
        Outcome second =
            Examination.same(
                "second run differs", own, java.util.Arrays.copyOfRange(again, at, end));
        outcome = second.differs() ? second : outcome;
      }
      if (outcome.differs()) {
        Outcome alone = Examination.of(trial, contender, false);
        outcome =
            alone.differs()
                ? alone
                : Outcome.differs(
                    "with others only: " + outcome.kind(),
                    "with seeds " + parts.get(0).formula().seed() + "…; " + outcome.numbers());
      }
      note(trial.formula(), contender, outcome);
      at = end;
    }
  }
}
