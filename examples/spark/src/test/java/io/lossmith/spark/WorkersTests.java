package io.lossmith.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.op.Fold;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTests {
  private static final int MOST = 3;
  private static final int PORT = 21000;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** What workers do here: they add their ranks, and may come to harm. */
  private record Sum(String harm) implements WorkerJob {
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

  private static Cluster cluster;

  @BeforeAll
  static void open() {
    Master master = Master.local(MOST);
    SparkSettings settings =
        SparkSettings.of(master, MOST, 1, PATIENCE).with("spark.stage.maxConsecutiveAttempts", "2");
    cluster = Cluster.open(master, settings.conf(), Duration.ofSeconds(60));
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  private static List<WorkerOutcome> run(int workers, String harm) {
    return run(workers, harm, Requirements.local(0, workers));
  }

  private static List<WorkerOutcome> run(int workers, String harm, Requirements required) {
    return new Workers(cluster, workers, PATIENCE)
        .run(new WorkerTask(required, new Sum(harm), PORT, PATIENCE));
  }

  @Test
  void allComputeTogether() {
    List<WorkerOutcome> outcomes = run(3, "");
    assertThat(outcomes).extracting(WorkerOutcome::rank).containsExactly(0, 1, 2);
    assertThat(outcomes)
        .extracting(WorkerOutcome::said)
        .containsExactly("18.0 in attempt 0", "", "");
  }

  @Test
  void whereOneDiesAllStartAgain() {
    assertThat(run(2, "dies once").get(0).said()).isEqualTo("6.0 in attempt 1");
  }

  @Test
  void whoDiesEachTimeIsNamed() {
    assertThatThrownBy(() -> run(2, "dies"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("train: the workers were started 2 times and lost each time")
        .hasMessageContaining("died")
        .hasMessageContaining("--resume");
  }

  @Test
  void moreWorkersThanSlotsAreRefusedAtOnce() {
    assertThatThrownBy(() -> run(4, ""))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "train: 4 workers need 4 slots of 1 core, local[3] has 3; give --spark local[4], or"
                + " fewer --workers.");
  }

  @Test
  void whoDoesNotSeeTheFolderIsNamed() {
    Requirements required =
        Requirements.executors(new SharedFile("/nowhere/out/.probe", "text"), 0);
    assertThatThrownBy(() -> run(2, "", required))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "train: worker 0 at 127.0.0.1 does not see /nowhere/out as the driver does; --out must"
                + " be a folder that all machines share, on NFS for example.");
  }

  /** Ports of the two are taken, so they take the next. */
  @Test
  void portsInUseArePassed() throws IOException {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (ServerSocket first = new ServerSocket(PORT, 1, here);
        ServerSocket second = new ServerSocket(PORT + 1, 1, here)) {
      assertThat(run(2, "").get(0).said()).isEqualTo("6.0 in attempt 0");
    }
  }

  @Test
  void aMistakeIsToldOnce() {
    assertThatThrownBy(() -> run(2, "mistake"))
        .isInstanceOf(BadInput.class)
        .hasMessage("train: worker 1: there is no such picture.");
  }

  @Test
  void memoryThatRanOutIsAMistake() {
    assertThatThrownBy(() -> run(2, "memory"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("worker 1: the memory of");
  }

  @Test
  void whoStallsIsEndedAndAllStartAgain() {
    assertThat(run(2, "stalls once").get(0).said()).isEqualTo("6.0 in attempt 1");
  }
}
