package io.lossmith.core.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.op.Fold;
import io.lossmith.core.shard.Workers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpCollectiveTests {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String TOKEN = "not a secret";

  /** Returns addresses that nobody uses. */
  private static List<InetSocketAddress> addresses(int size) throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    try {
      for (int i = 0; i < size; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        addresses.add(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
    return addresses;
  }

  private static <T> List<T> together(int size, Function<Collective, T> worker) throws Exception {
    List<InetSocketAddress> addresses = addresses(size);
    return Workers.inThreads(
        size,
        rank -> {
          try (Collective own = TcpCollective.join(rank, addresses, TOKEN, "v1", LONG)) {
            return worker.apply(own);
          }
        });
  }

  private static String message(Runnable action) {
    try {
      action.run();
      return "";
    } catch (EngineException e) {
      return e.getMessage();
    }
  }

  private static float[] numbers(int rank, int count) {
    float[] numbers = new float[count];
    Random random = new Random(rank);
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 1", "2, 4096", "2, 4097", "3, 4", "3, 100003", "5, 7001", "2, 0"})
  void givesTheBitsOfThreads(int size, int count) throws Exception {
    for (Fold fold : Fold.values()) {
      Function<Collective, float[]> work =
          own -> {
            float[] values = numbers(own.rank(), count + 3);
            own.allReduce(values, count, fold);
            double[] doubles = new double[count];
            for (int i = 0; i < count; i++) {
              doubles[i] = values[i] * (own.rank() + 1.5);
            }
            own.allReduce(doubles, count, fold);
            for (int i = 0; i < count; i++) {
              values[i] += (float) doubles[i];
            }
            return values;
          };
      List<Collective> threads = LocalCollective.of(size, LONG);
      List<float[]> want = Workers.inThreads(size, rank -> work.apply(threads.get(rank)));
      List<float[]> got = together(size, work);
      for (int rank = 0; rank < size; rank++) {
        assertThat(got.get(rank)).isEqualTo(want.get(rank));
      }
    }
  }

  @Test
  void manyExchangesStayInOrder() throws Exception {
    List<Double> sums =
        together(
            3,
            own -> {
              double sum = 0;
              for (int i = 0; i < 2000; i++) {
                float[] values = {own.rank() + i};
                own.allReduce(values, 1, Fold.SUM);
                sum += values[0];
              }
              return sum;
            });
    assertThat(sums).containsOnly(3.0 * 2000 + 3.0 * 1999 * 1000);
  }

  @Test
  void whoAsksForSomethingElseIsNamed() throws Exception {
    List<String> messages =
        together(
            2,
            own -> message(() -> own.allReduce(new float[9], own.rank() == 0 ? 8 : 9, Fold.MAX)));
    assertThat(messages)
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("exchange 0, the max of 8 floats")
                    .contains("exchange 0, the max of 9 floats")
                    .endsWith("all must run the same program"));
    assertThat(messages).allSatisfy(text -> assertThat(text).startsWith("collective: "));
  }

  @Test
  void whoSendsNothingIsNamed() throws Exception {
    List<InetSocketAddress> addresses = addresses(2);
    List<String> messages =
        Workers.inThreads(
            2,
            rank -> {
              try (Collective own = TcpCollective.join(rank, addresses, TOKEN, "", SHORT)) {
                if (rank == 1) {
                  pause(3 * SHORT.toMillis());
                }
                return rank == 1 ? "" : message(() -> own.allReduce(new float[1], 1, Fold.SUM));
              }
            });
    assertThat(messages).containsExactly("collective: worker 1 has sent nothing for 400 ms", "");
  }

  @Test
  void whoLeavesSaysWhy() throws Exception {
    List<String> messages =
        together(
            2,
            own -> own.rank() == 1 ? "" : message(() -> own.allReduce(new float[1], 1, Fold.SUM)));
    assertThat(messages).containsExactly("collective: worker 1 ended: it has left", "");
  }

  @Test
  void whoEndsFromAnotherThreadLetsGoOfItsOwnWaitAndIsNamed() throws Exception {
    List<String> messages =
        together(
            3,
            own -> {
              if (own.rank() == 2) {
                pause(600); // so that the others wait for it
              }
              if (own.rank() == 1) {
                Thread other =
                    new Thread(
                        () -> {
                          pause(200);
                          own.leave("the user said so");
                        });
                other.start();
              }
              return message(
                  () -> {
                    own.allReduce(new float[1], 1, Fold.SUM); // what was sent before still counts
                    own.allReduce(new float[1], 1, Fold.SUM);
                  });
            });
    assertThat(messages)
        .containsExactly(
            "collective: worker 1 ended: the user said so",
            "collective: this worker was ended: the user said so",
            "collective: worker 1 ended: the user said so");
  }

  /** More than sockets hold: it is half sent when its worker is ended, for the other comes late. */
  @Test
  void whoEndsWithinAMessageSaysWhyBehindIt() throws Exception {
    int count = 8_000_000;
    List<String> messages =
        together(
            2,
            own -> {
              if (own.rank() == 0) {
                pause(700);
              } else {
                new Thread(
                        () -> {
                          pause(500);
                          own.leave("the user said so");
                        })
                    .start();
              }
              float[] values = new float[count];
              return message(() -> own.allReduce(values, count, Fold.SUM));
            });
    assertThat(messages)
        .containsExactly(
            "collective: worker 1 ended: the user said so",
            "collective: this worker was ended: the user said so");
  }

  /** Its port takes connections, and nothing ever comes: a firewall, or a stopped program. */
  @Test
  void whoSwallowsIsNamed() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      List<InetSocketAddress> workers = new ArrayList<>(addresses(2));
      workers.set(0, new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()));
      assertThat(message(() -> TcpCollective.join(1, workers, TOKEN, "", SHORT)))
          .startsWith("collective: worker 0 at localhost:")
          .endsWith(
              " was not reached within 400 ms: nothing answers; is it another program, or is a"
                  + " firewall between?");
    }
  }

  @Test
  void whoseNameNobodyKnowsIsNamed() throws Exception {
    List<InetSocketAddress> workers = new ArrayList<>(addresses(2));
    workers.set(0, InetSocketAddress.createUnresolved("nobody.invalid", 7000));
    assertThat(message(() -> TcpCollective.join(1, workers, TOKEN, "", SHORT)))
        .isEqualTo(
            "collective: worker 0 at nobody.invalid:7000 was not reached within 400 ms: nobody"
                + " knows this name");
    assertThat(message(() -> TcpCollective.join(0, workers, TOKEN, "", SHORT)))
        .startsWith("collective: worker 0 cannot listen at nobody.invalid:7000: nobody knows");
  }

  @Test
  void anExchangeAfterAFailureFails() throws Exception {
    List<String> messages =
        together(
            2,
            own -> {
              message(() -> own.allReduce(new float[9], 8 + own.rank(), Fold.SUM));
              return message(() -> own.allReduce(new float[9], 8, Fold.SUM));
            });
    assertThat(messages).containsOnly("collective: an exchange has failed before; join again");
  }

  @Test
  void whoDoesNotComeIsNamed() throws Exception {
    List<InetSocketAddress> addresses = addresses(2);
    assertThat(message(() -> TcpCollective.join(0, addresses, TOKEN, "", SHORT)))
        .isEqualTo("collective: worker 1 has not come within 400 ms");
    assertThat(message(() -> TcpCollective.join(1, addresses, TOKEN, "", SHORT)))
        .startsWith("collective: worker 0 at ")
        .contains(" was not reached within 400 ms: ");
  }

  @Test
  void whoComesLateIsWaitedFor() throws Exception {
    List<InetSocketAddress> addresses = addresses(2);
    List<Float> sums =
        Workers.inThreads(
            2,
            rank -> {
              pause(rank == 0 ? 300 : 0);
              try (Collective own = TcpCollective.join(rank, addresses, TOKEN, "", LONG)) {
                float[] values = {rank + 1};
                own.allReduce(values, 1, Fold.SUM);
                return values[0];
              }
            });
    assertThat(sums).containsOnly(3f);
  }

  private static List<String> joining(int size, Duration patience, IntFunction<String[]> words)
      throws Exception {
    List<InetSocketAddress> addresses = addresses(size);
    return Workers.inThreads(
        size,
        rank -> {
          String[] own = words.apply(rank);
          return message(
              () -> TcpCollective.join(rank, addresses, own[0], own[1], patience).close());
        });
  }

  @Test
  void whoDoesNotKnowTheTokenStaysOutside() throws Exception {
    List<String> messages =
        joining(2, SHORT, rank -> new String[] {rank == 0 ? TOKEN : "something else", ""});
    assertThat(messages.get(0)).isEqualTo("collective: worker 1 has not come within 400 ms");
    assertThat(messages.get(1)).startsWith("collective: worker 0 at ").endsWith("do tokens agree?");
  }

  @Test
  void otherOptionsAreToldToBoth() throws Exception {
    List<String> messages = joining(2, LONG, rank -> new String[] {TOKEN, "batch " + (8 + rank)});
    assertThat(messages)
        .containsExactly(
            "collective: worker 1 was started with \"batch 9\", must be \"batch 8\" as worker 0 is",
            "collective: worker 0 was started with \"batch 8\", must be \"batch 9\" as worker 1 is");
  }

  /** Neither rubbish nor silence keeps a worker out. */
  @Test
  void strangersDoNotMatter() throws Exception {
    List<InetSocketAddress> addresses = addresses(2);
    List<String> messages =
        Workers.inThreads(
            3,
            rank -> {
              if (rank < 2) {
                pause(rank == 1 ? 500 : 0);
                return message(() -> TcpCollective.join(rank, addresses, TOKEN, "", LONG).close());
              }
              pause(200);
              try (Socket silent = new Socket();
                  Socket noisy = new Socket()) {
                silent.connect(addresses.get(0));
                noisy.connect(addresses.get(0));
                noisy.getOutputStream().write(new byte[5000]);
                pause(600);
                return "";
              } catch (IOException e) {
                return "";
              }
            });
    assertThat(messages).containsOnly("");
  }

  @Test
  void anAddressInUseIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort());
      assertThat(message(() -> TcpCollective.join(0, List.of(address), TOKEN, "", SHORT)))
          .startsWith("collective: worker 0 cannot listen at ")
          .endsWith("end what uses the port, or choose another");
    }
  }

  @Test
  void aWaitCanBeInterrupted() throws Exception {
    List<String> messages =
        together(
            2,
            own -> {
              if (own.rank() == 1) {
                pause(300);
                return "";
              }
              Thread.currentThread().interrupt();
              String message = message(() -> own.allReduce(new float[1], 1, Fold.SUM));
              assertThat(Thread.interrupted()).isTrue();
              return message;
            });
    assertThat(messages.get(0)).isEqualTo("collective: interrupted while waiting for worker 1");
  }

  @Test
  void whatIsNoRankOrNoTokenIsRefused() throws Exception {
    List<InetSocketAddress> one = addresses(1);
    assertThatThrownBy(() -> TcpCollective.join(1, one, TOKEN, "", LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("collective: rank is 1, must be 0..0");
    assertThatThrownBy(() -> TcpCollective.join(0, one, "short", "", LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("collective: the token has 5 characters, must have 8 at least");
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
