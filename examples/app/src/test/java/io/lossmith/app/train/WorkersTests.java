package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.data.Augmentation;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Pieces;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.op.Fold;
import io.lossmith.losses.Aggregate;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several workers learn what one does. */
class WorkersTests {
  private static final DataSet CELLS = SyntheticCells.make(6, 5, 40, 1);
  private static final Pieces PIECES = new Pieces(5, 16, 0.5, new Augmentation(true, true, true));

  /** Its value over a batch is not the mean of what the parts would have. */
  private static final Loss LOSS =
      Dice.sigmoid().withAggregate(Aggregate.BATCH).plus(BinaryCrossEntropyWithLogits.create());

  /** Smaller steps than by default: rounding grows with each. */
  private static final TrainingPlan PLAN =
      new TrainingPlan(100, PIECES, 0.001, RateSchedule.PLATEAU, 0, 7);

  private record Learned(float[][] figures, List<Double> dice, float[][] parameters) {}

  private static Trainer trainer(TrainingPlan plan, Collective worker) {
    return new Trainer(
        plan, CELLS, 1, Set.of(), LOSS, Engines.defaultEngine().withThreads(1), worker);
  }

  private static Learned learned(Collective worker) {
    try (Trainer trainer = trainer(PLAN, worker)) {
      trainer.run(TrainingListener.NONE);
      List<Double> dice =
          trainer.history().validations().stream().map(History.Validation::dice).toList();
      return new Learned(trainer.history().figures(), dice, trainer.parameters());
    }
  }

  private static List<Learned> learned(int size) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<Learned>> all = new ArrayList<>();
      for (Collective worker : LocalCollective.of(size, Duration.ofSeconds(120))) {
        all.add(threads.submit(() -> learned(worker)));
      }
      List<Learned> results = new ArrayList<>();
      for (Future<Learned> one : all) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Also seven, of whom two have nothing of the batch of five, and two no picture to score. */
  @Test
  void curvesAndScoresOfSeveralAreThoseOfOne() throws Exception {
    Learned alone = learned(1).get(0);
    assertThat(alone.dice().get(0)).isLessThan(alone.dice().get(alone.dice().size() - 1));
    for (int size : new int[] {2, 3, 7}) {
      List<Learned> all = learned(size);
      for (Learned one : all) {
        assertThat(one.parameters()).isDeepEqualTo(all.get(0).parameters());
        assertThat(one.figures()).isDeepEqualTo(all.get(0).figures());
        assertThat(one.dice()).isEqualTo(all.get(0).dice());
      }
      float[] loss = all.get(0).figures()[Figure.LOSS.ordinal()];
      for (int step = 0; step < 100; step++) {
        assertThat(loss[step])
            .isCloseTo(alone.figures()[Figure.LOSS.ordinal()][step], within(1e-4f));
      }
      for (int i = 0; i < alone.dice().size(); i++) {
        assertThat(all.get(0).dice().get(i)).isCloseTo(alone.dice().get(i), within(1e-4));
      }
    }
  }

  /** Counts what goes through it. */
  private static final class Counted implements Collective {
    private final Collective worker;
    private int exchanges;
    private int rounds;
    private long sent;

    Counted(Collective worker) {
      this.worker = worker;
    }

    @Override
    public int rank() {
      return worker.rank();
    }

    @Override
    public int size() {
      return worker.size();
    }

    @Override
    public void allReduce(float[] values, int count, Fold fold) {
      exchanges++;
      long bytes = 4L * count;
      boolean small = bytes <= 16384;
      rounds += small ? 1 : 2;
      sent += small ? bytes : bytes / 2 * 2; // of two workers
      worker.allReduce(values, count, fold);
    }

    @Override
    public void allReduce(double[] values, int count, Fold fold) {
      worker.allReduce(values, count, fold);
    }

    @Override
    public void leave(String why) {
      worker.leave(why);
    }
  }

  @Test
  void anExplanationSaysWhatAStepExchanges() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    TrainingPlan one = new TrainingPlan(1, PIECES, 0.001, RateSchedule.CONSTANT, 0, 7);
    try {
      List<Future<String>> all = new ArrayList<>();
      for (Collective worker : LocalCollective.of(2, Duration.ofSeconds(120))) {
        Counted counted = new Counted(worker);
        all.add(
            threads.submit(
                () -> {
                  try (Trainer trainer = trainer(one, counted)) {
                    trainer.run(TrainingListener.NONE);
                    String said = trainer.explain().lines().skip(1).findFirst().orElseThrow();
                    assertThat(said)
                        .isEqualTo(
                            counted.exchanges
                                + " exchanges with other workers in a run: "
                                + counted.rounds
                                + " rounds, "
                                + counted.sent / 1000
                                + " kB sent by each");
                    return said;
                  }
                }));
      }
      assertThat(all.get(0).get()).isEqualTo(all.get(1).get());
      int weights = 0;
      for (float[] array : new UNet(1, 1).initial(1)) {
        weights += array.length;
      }
      long sent = Long.parseLong(all.get(0).get().replaceAll(".* (\\d+) kB.*", "$1"));
      assertThat(sent).isBetween(4L * weights / 1000, 4L * weights / 1000 + 2);
    } finally {
      threads.shutdownNow();
    }
  }
}
