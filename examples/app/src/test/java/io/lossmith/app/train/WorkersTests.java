package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.data.Augmentation;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Pieces;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.io.BadInput;
import io.lossmith.core.Shape;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.op.Fold;
import io.lossmith.core.shard.Shard;
import io.lossmith.losses.Aggregate;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several workers learn what one does. */
class WorkersTests {
  private static final DataSet CELLS = SyntheticCells.make(6, 5, 40, 1);
  private static final Pieces PIECES = new Pieces(5, 16, 0.5, new Augmentation(true, true, true));

  /** Its value over a batch is not the mean of what the parts would have. */
  private static final Loss LOSS =
      Dice.sigmoid().withAggregate(Aggregate.BATCH).plus(BinaryCrossEntropyWithLogits.create());

  private static final TrainingPlan PLAN =
      new TrainingPlan(100, PIECES, 0.003, RateSchedule.PLATEAU, 0, 7);

  private static final Engine ENGINE = Engines.defaultEngine().withThreads(1);

  private record Learned(float[][] figures, List<Double> dice, float[][] parameters) {}

  private static Learned learned(Loss loss, int outputs, Collective worker) {
    try (Trainer trainer = new Trainer(PLAN, CELLS, outputs, Set.of(), loss, ENGINE, worker)) {
      trainer.run(TrainingListener.NONE);
      List<Double> dice =
          trainer.history().validations().stream().map(History.Validation::dice).toList();
      return new Learned(trainer.history().figures(), dice, trainer.parameters());
    }
  }

  private static List<Learned> learned(Loss loss, int outputs, int size) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<Learned>> all = new ArrayList<>();
      for (Collective worker : LocalCollective.of(size, Duration.ofSeconds(120))) {
        all.add(threads.submit(() -> learned(loss, outputs, worker)));
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

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(LOSS, 1),
        Arguments.of(Dice.softmax().plus(CrossEntropy.create()), 2),
        Arguments.of(Dice.softmax().plus(CrossEntropy.create()), 3));
  }

  /**
   * To the bit, for training makes of the least difference a large one. Also seven, of whom two
   * have nothing of the batch of five, and two no picture to score.
   */
  @ParameterizedTest
  @MethodSource("losses")
  void severalLearnWhatOneDoes(Loss loss, int outputs) throws Exception {
    Learned alone = learned(loss, outputs, 1).get(0);
    float[] values = alone.figures()[Figure.LOSS.ordinal()];
    assertThat(values[99]).isLessThan(0.6f * values[0]);
    for (int size : new int[] {2, 3, 7}) {
      for (Learned one : learned(loss, outputs, size)) {
        assertThat(one.parameters()).isDeepEqualTo(alone.parameters());
        assertThat(one.figures()).isDeepEqualTo(alone.figures());
        assertThat(one.dice()).isEqualTo(alone.dice());
      }
    }
  }

  /** As by a processor that computes otherwise, or a memory that loses a bit. */
  @Test
  void whoComesToOtherWeightsIsNamedAtTheEnd() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    TrainingPlan plan = new TrainingPlan(3, PIECES, 0.003, RateSchedule.CONSTANT, 0, 7);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Collective worker : LocalCollective.of(3, Duration.ofSeconds(120))) {
        all.add(
            threads.submit(
                () -> {
                  try (Trainer trainer =
                      new Trainer(plan, CELLS, 1, Set.of(), LOSS, ENGINE, worker)) {
                    float[] bias = trainer.parameters()[1];
                    trainer.run(
                        new TrainingListener() {
                          @Override
                          public void stepped(int step, int steps, History history) {
                            bias[0] += worker.rank() == 2 && step == 3 ? 1e-6f : 0;
                          }

                          @Override
                          public void validated(History history) {
                            // That was before.
                          }
                        });
                  }
                }));
      }
      for (Future<?> one : all) {
        assertThatThrownBy(one::get)
            .hasCauseInstanceOf(BadInput.class)
            .hasMessageContaining("train: worker 2 has come to other weights than worker 0");
      }
    } finally {
      threads.shutdownNow();
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
      worker.allReduce(values, count, fold);
    }

    @Override
    public void allReduce(double[] values, int count, Fold fold) {
      exchanges++;
      long bytes = 8L * count;
      boolean small = bytes <= 16384;
      rounds += small ? 1 : 2;
      sent += small ? bytes : bytes / 2 * 2; // of two workers
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
    UNet network = new UNet(1, 1);
    Shape batch = Shape.of(5, 1, 16, 16);
    try {
      List<Future<String>> all = new ArrayList<>();
      for (Collective worker : LocalCollective.of(2, Duration.ofSeconds(120))) {
        Counted counted = new Counted(worker);
        Shard shard = Shard.even(5, counted);
        all.add(
            threads.submit(
                () -> {
                  try (TrainingStep step =
                      new TrainingStep(network, LOSS, ENGINE, network.initial(1), batch, shard)) {
                    step.run();
                    String said = step.explain().lines().skip(1).findFirst().orElseThrow();
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
      for (float[] array : network.initial(1)) {
        weights += array.length;
      }
      long sent = Long.parseLong(all.get(0).get().replaceAll(".* (\\d+) kB.*", "$1"));
      assertThat(sent).isBetween(8L * weights / 1000, 8L * weights / 1000 + 2);
    } finally {
      threads.shutdownNow();
    }
  }
}
