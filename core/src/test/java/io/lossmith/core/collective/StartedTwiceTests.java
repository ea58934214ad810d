package io.lossmith.core.collective;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.op.Fold;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two programs that both take themselves for the same worker. */
@Timeout(60)
class StartedTwiceTests {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(1500);

  private final AtomicBoolean end = new AtomicBoolean();
  private final CountDownLatch met = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private List<InetSocketAddress> here;
  private List<InetSocketAddress> there; // as seen from where the last one runs as well

  @BeforeEach
  void findPorts() throws IOException {
    List<InetSocketAddress> free = new ArrayList<>();
    List<ServerSocket> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      open.add(socket);
      free.add(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
    }
    for (ServerSocket socket : open) {
      socket.close();
    }
    here = free.subList(0, 3);
    there = List.of(free.get(0), free.get(1), free.get(3));
  }

  @AfterEach
  void endAll() {
    threads.shutdownNow();
  }

  /** Joins, and exchanges until all are told to end; returns why it ended before. */
  private Future<String> start(int rank, List<InetSocketAddress> workers, Duration limit) {
    return threads.submit(
        () -> {
          try (Collective own = TcpCollective.join(rank, workers, "a secret word", "v1", limit)) {
            float[] ended = {0};
            while (ended[0] == 0) {
              ended[0] = rank == 0 && end.get() ? 1 : 0;
              own.allReduce(ended, 1, Fold.MAX);
              met.countDown();
            }
            return "";
          } catch (EngineException e) {
            return e.getMessage();
          }
        });
  }

  @Test
  void whoComesTwiceBeforeAllHaveMetIsNamed() throws Exception {
    Future<String> first = start(0, here, LONG);
    Future<String> one = start(2, here, SHORT);
    Future<String> other = start(2, there, SHORT);
    assertThat(first.get()).isEqualTo("collective: worker 2 came twice, must be started once");
    for (Future<String> same : List.of(one, other)) {
      assertThat(same.get()).startsWith("collective: worker 1 at ").contains("was not reached");
    }
  }

  @Test
  void whoComesAgainLaterDisturbsNobody() throws Exception {
    List<Future<String>> all = new ArrayList<>();
    for (int rank = 0; rank < 3; rank++) {
      all.add(start(rank, here, LONG));
    }
    met.await();
    for (List<InetSocketAddress> workers : List.of(here, there)) {
      assertThat(start(2, workers, SHORT).get())
          .startsWith("collective: worker ")
          .containsAnyOf("was not reached within 1500 ms: ", "cannot listen at");
    }
    end.set(true);
    for (Future<String> one : all) {
      assertThat(one.get()).isEmpty();
    }
  }
}
