package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.workers.Alone;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several workers read, and what they know of the rest. */
class ReadingTests {
  private static final int BATCH = 5;

  /** Pictures of unequal sizes and brightness, some in colour; notes who read which. */
  private record Drawn(int size, List<Integer> read) implements Origin {
    static Drawn of(int size) {
      return new Drawn(size, Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public SortedMap<Integer, Seen> read(SortedSet<Integer> numbers) {
      SortedMap<Integer, Seen> seen = new TreeMap<>();
      numbers.forEach(number -> seen.put(number, seen(number)));
      return seen;
    }

    Seen seen(int number) {
      read.add(number);
      int width = 4 + number % 3;
      int channels = number % 4 == 3 ? 3 : 1;
      float[] values = new float[channels * width * 5];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i * 31 + number * 7) % 97 / 970f;
      }
      byte[] labels = new byte[width * 5];
      labels[number % labels.length] = (byte) (1 + number % 2);
      Sample sample =
          new Sample(
              "p" + number, new Picture(width, 5, channels, values), new Mask(width, 5, labels));
      Tally words = new Tally();
      words.add("rule " + number % 2);
      return new Seen(sample, SampleFacts.of(sample, words, new Tally()));
    }
  }

  private static <T> List<Future<T>> each(int workers, Function<Collective, T> work)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Future<T>> all = new ArrayList<>();
    for (Collective worker : LocalCollective.of(workers, Duration.ofSeconds(30))) {
      all.add(
          threads.submit(
              () -> {
                try {
                  return work.apply(worker);
                } catch (BadInput e) {
                  worker.leave(e.getMessage());
                  throw e;
                }
              }));
    }
    threads.shutdown();
    return all;
  }

  private static DataSet scaled(Origin training, Origin validation, Share share, Collective all) {
    DataSet data = Reading.read(training, validation, share, all);
    return data.scaled(Contrast.AUTOMATIC.scale(data.training(), share, all));
  }

  @ParameterizedTest
  @CsvSource({"23, 7, 2", "23, 7, 3", "3, 2, 2", "2, 1, 3", "1, 1, 2", "23, 2, 7", "4, 9, 5"})
  void allKnowAlikeWhatEachReadOnce(int training, int validation, int workers) throws Exception {
    DataSet alone =
        scaled(Drawn.of(training), Drawn.of(validation), Share.whole(BATCH, 3), Alone.WORKER);
    assertThat(alone.scale()).isNotEqualTo(Scale.NONE);
    List<Drawn> learned = new ArrayList<>();
    List<Drawn> measured = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      learned.add(Drawn.of(training));
      measured.add(Drawn.of(validation));
    }
    List<Future<DataSet>> all =
        each(
            workers,
            own ->
                scaled(
                    learned.get(own.rank()),
                    measured.get(own.rank()),
                    Share.of(List.of(own), BATCH, 3),
                    own));
    int reads = 0;
    for (int rank = 0; rank < workers; rank++) {
      DataSet data = all.get(rank).get();
      assertThat(data.facts()).isEqualTo(alone.facts());
      assertThat(data.scale()).isEqualTo(alone.scale());
      assertThat(data.channels()).isEqualTo(alone.channels());
      for (int number : learned.get(rank).read()) {
        assertThat(data.training().get(number).picture().values())
            .isEqualTo(alone.training().get(number).picture().values());
      }
      assertThat(learned.get(rank).read()).doesNotHaveDuplicates();
      reads += learned.get(rank).read().size();
      for (int number : measured.get(rank).read()) {
        assertThat(rank == 0 || number % workers == rank).isTrue();
      }
    }
    assertThat(learned).flatExtracting(Drawn::read).contains(training - 1).hasSize(reads);
    assertThat(reads).isBetween(training, training + Math.min(workers, BATCH) - 1);
    assertThat(measured.get(0).read()).hasSize(validation);
  }

  @Test
  void whatIsElsewhereIsNotHere() throws Exception {
    List<Future<DataSet>> all =
        each(
            2,
            own -> Reading.read(Drawn.of(9), Drawn.of(2), Share.of(List.of(own), BATCH, 3), own));
    DataSet second = all.get(1).get();
    SortedSet<Integer> first = Share.of(List.of(worker(0)), BATCH, 3).firstOf(9);
    assertThatThrownBy(() -> second.training().get(first.first()))
        .isInstanceOf(IllegalStateException.class);
    all.get(0).get();
  }

  private static Collective worker(int rank) {
    return LocalCollective.of(2, Duration.ofSeconds(1)).get(rank);
  }

  /** Neighbours hold one picture both, and see that it is another. */
  @Test
  void anotherPictureIsToldToAll() throws Exception {
    Origin others =
        new Origin() {
          @Override
          public int size() {
            return 9;
          }

          @Override
          public SortedMap<Integer, Seen> read(SortedSet<Integer> numbers) {
            SortedMap<Integer, Seen> seen = Drawn.of(9).read(numbers);
            seen.replaceAll((number, one) -> Drawn.of(18).seen(number + 9));
            return seen;
          }
        };
    List<Future<DataSet>> all =
        each(
            2,
            own ->
                Reading.read(
                    own.rank() == 0 ? Drawn.of(9) : others,
                    Drawn.of(1),
                    Share.of(List.of(own), BATCH, 3),
                    own));
    for (Future<DataSet> one : all) {
      assertThatThrownBy(one::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(BadInput.class)
          .hasMessageContaining("train: worker 1 has training picture p")
          .hasMessageContaining(", worker 0 has training picture p")
          .hasMessageEndingWith("; start all workers with the same options and pictures.");
    }
  }

  @Test
  void whatOneCannotReadEndsTheOthers() throws Exception {
    Origin broken =
        new Origin() {
          @Override
          public int size() {
            return 9;
          }

          @Override
          public SortedMap<Integer, Seen> read(SortedSet<Integer> numbers) {
            throw new BadInput("a.png: is damaged.");
          }
        };
    List<Future<DataSet>> all =
        each(
            3,
            own ->
                Reading.read(
                    own.rank() == 1 ? broken : Drawn.of(9),
                    Drawn.of(1),
                    Share.of(List.of(own), BATCH, 3),
                    own));
    assertThatThrownBy(all.get(1)::get).hasCauseInstanceOf(BadInput.class);
    for (int rank : new int[] {0, 2}) {
      assertThatThrownBy(all.get(rank)::get)
          .hasCauseInstanceOf(EngineException.class)
          .hasMessageContaining("worker 1 ended: a.png: is damaged.");
    }
  }
}
