package io.lossmith.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.op.Fold;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTests {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Checks CHECKS = new Checks(null, 0, 1);

  /** What workers do here: they add their ranks, and may come to harm. */
  private record Sum(String harm) implements Work {
    @Override
    public String agreement() {
      return "sum";
    }

    @Override
    public void run(Collective own, int attempt, PrintWriter out) {
      float[] sum = {own.rank() + 1};
      own.allReduce(sum, 1, Fold.SUM);
      boolean last = own.rank() == own.size() - 1;
      if (last && harm.equals("mistake")) {
        throw new BadInput("there is no such picture.");
      }
      if (last && harm.equals("dies once") && attempt == 0) {
        throw new IllegalStateException("died");
      }
      if (last && harm.equals("dies")) {
        throw new IllegalStateException("died");
      }
      if (last && harm.equals("memory")) {
        throw new OutOfMemoryError("Java heap space");
      }
      if (last && harm.equals("stalls once") && attempt == 0) {
        while (!Thread.currentThread().isInterrupted()) {
          Thread.onSpinWait();
        }
        throw new EngineException("collective: interrupted");
      }
      own.allReduce(sum, 1, Fold.SUM);
      if (own.rank() == 0) {
        out.print(sum[0] + " in attempt " + attempt);
      }
    }
  }

  private static List<Outcome> run(int workers, String harm, Duration patience) {
    Master master = Master.local(workers);
    try (Cluster cluster = Cluster.open(master, Settings.of(master, workers, 1, patience).conf(), PATIENCE)) {
      return new Workers(cluster, workers, PATIENCE)
          .run(new WorkerTask(CHECKS, new Sum(harm), 21000, patience));
    }
  }

  @Test
  void allComputeTogether() {
    List<Outcome> outcomes = run(3, "", PATIENCE);
    assertThat(outcomes).extracting(Outcome::rank).containsExactly(0, 1, 2);
    assertThat(outcomes).extracting(Outcome::said).containsExactly("18.0 in attempt 0", "", "");
  }

  @Test
  void whereOneDiesAllStartAgain() {
    assertThat(run(2, "dies once", PATIENCE).get(0).said()).isEqualTo("6.0 in attempt 1");
  }

  @Test
  void whoDiesEachTimeIsNamed() {
    assertThatThrownBy(() -> run(2, "dies", PATIENCE))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("died");
  }

  @Test
  void aMistakeIsToldOnce() {
    assertThatThrownBy(() -> run(2, "mistake", PATIENCE))
        .isInstanceOf(BadInput.class)
        .hasMessage("train: worker 1: there is no such picture.");
  }

  @Test
  void memoryThatRanOutIsAMistake() {
    assertThatThrownBy(() -> run(2, "memory", PATIENCE))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("worker 1: the memory of");
  }

  @Test
  void whoStallsIsEndedAndAllStartAgain() {
    assertThat(run(2, "stalls once", Duration.ofSeconds(5)).get(0).said())
        .isEqualTo("6.0 in attempt 1");
  }
}
