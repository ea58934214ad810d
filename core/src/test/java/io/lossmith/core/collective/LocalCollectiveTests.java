package io.lossmith.core.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.op.Fold;
import io.lossmith.core.shard.Workers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LocalCollectiveTests {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static List<String> messages(int size, IntFunction<Runnable> worker) throws Exception {
    return Workers.inThreads(
        size,
        rank -> {
          try {
            worker.apply(rank).run();
            return "";
          } catch (EngineException e) {
            return e.getMessage();
          }
        });
  }

  @Test
  void allGetTheFoldInTheOrderOfRanks() throws Exception {
    List<Collective> workers = LocalCollective.of(3, LONG);
    for (Fold fold : Fold.values()) {
      List<float[]> all =
          Workers.inThreads(
              3,
              rank -> {
                float[] own = {rank == 0 ? 1e8f : rank == 1 ? -1e8f : 1, rank, 7};
                workers.get(rank).allReduce(own, 2, fold);
                double[] doubles = {own[0]};
                workers.get(rank).allReduce(doubles, 1, Fold.MAX);
                return new float[] {own[0], own[1], own[2], (float) doubles[0]};
              });
      float first = fold == Fold.SUM ? 1 : fold == Fold.MAX ? 1e8f : -1e8f;
      float second = fold == Fold.SUM ? 3 : fold == Fold.MAX ? 2 : 0;
      assertThat(all).allSatisfy(own -> assertThat(own).containsExactly(first, second, 7, first));
    }
  }

  @Test
  void whoAsksForSomethingElseIsNamed() throws Exception {
    List<Collective> workers = LocalCollective.of(3, LONG);
    assertThat(
            messages(
                3,
                rank ->
                    () -> workers.get(rank).allReduce(new float[9], rank == 2 ? 9 : 8, Fold.SUM)))
        .containsOnly(
            "collective: exchange 0: worker 0 asks for the sum of 8 floats, worker 2 for the sum of"
                + " 9 floats; all must run the same program");
  }

  @Test
  void whoDoesNotComeIsNamed() throws Exception {
    List<Collective> workers = LocalCollective.of(2, Duration.ofMillis(50));
    assertThatThrownBy(() -> workers.get(0).allReduce(new double[1], 1, Fold.MAX))
        .isInstanceOf(EngineException.class)
        .hasMessage("collective: worker 1 has not come to exchange 0 within 50 ms");
    assertThatThrownBy(() -> workers.get(1).allReduce(new double[1], 1, Fold.MAX))
        .hasMessage("collective: worker 1 has not come to exchange 0 within 50 ms");
  }

  @Test
  void whoHasLeftIsNamed() throws Exception {
    List<Collective> workers = LocalCollective.of(2, LONG);
    assertThat(
            messages(
                2,
                rank ->
                    rank == 1
                        ? workers.get(1)::close
                        : () -> workers.get(0).allReduce(new float[1], 1, Fold.SUM)))
        .containsExactly("collective: worker 1 ended: it has left", "");
  }

  @Test
  void aWaitCanBeInterrupted() throws InterruptedException, ExecutionException {
    List<Collective> workers = LocalCollective.of(2, LONG);
    List<Boolean> interrupted =
        Workers.inThreads(
            1,
            rank -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> workers.get(0).allReduce(new float[1], 1, Fold.SUM))
                  .isInstanceOf(EngineException.class)
                  .hasMessage("collective: worker 0 was interrupted");
              return Thread.interrupted();
            });
    assertThat(interrupted).containsExactly(true);
  }

  @Test
  void thereMustBeOneAtLeast() {
    assertThatThrownBy(() -> LocalCollective.of(0, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("collective: 0 workers, must be 1..1024");
  }
}
