package io.lossmith.benchmarks;

import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.TcpCollective;
import io.lossmith.core.op.Fold;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * How long an exchange takes between processes of this machine, which this program starts: the
 * median of thousands, once warm, and what a tenth of them is faster and slower than.
 *
 * <pre>
 * java -cp examples/benchmarks/target/benchmarks.jar \
 *   io.lossmith.benchmarks.CollectiveBenchmark [WORKERS [EXCHANGES]]
 * </pre>
 */
public final class CollectiveBenchmark {
  private static final int[] SIZES = {1, 4, 26, 1000, 4096, 30_000, 100_000, 300_000, 1_000_000};
  private static final String TOKEN = "LOSSMITH_TOKEN";

  private CollectiveBenchmark() {}

  /**
   * Prints a table.
   *
   * @param args how many workers, and how many exchanges of each size; of the programs that this
   *     one starts also their ranks and all ports
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int workers = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int exchanges = args.length > 1 ? Integer.parseInt(args[1]) : 5000;
    if (args.length > 2) {
      int[] ports = Arrays.stream(args).skip(3).mapToInt(Integer::parseInt).toArray();
      run(Integer.parseInt(args[2]), ports, exchanges);
    } else {
      start(workers, exchanges);
    }
  }

  private static void start(int workers, int exchanges) throws IOException, InterruptedException {
    String token = UUID.randomUUID().toString();
    List<String> ports = ports(workers);
    List<Process> processes = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      List<String> command = new ArrayList<>();
      command.add(System.getProperty("java.home") + File.separator + "bin/java");
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(CollectiveBenchmark.class.getName());
      command.addAll(List.of("" + workers, "" + exchanges, "" + rank));
      command.addAll(ports);
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put(TOKEN, token);
      processes.add(builder.start());
    }
    for (Process process : processes) {
      process.waitFor();
    }
  }

  /** Returns ports that nobody uses. */
  private static List<String> ports(int count) throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<String> ports = open.stream().map(socket -> "" + socket.getLocalPort()).toList();
    for (ServerSocket socket : open) {
      socket.close();
    }
    return ports;
  }

  private static void run(int rank, int[] ports, int exchanges) {
    List<InetSocketAddress> places =
        Arrays.stream(ports)
            .mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .toList();
    String token = System.getenv(TOKEN);
    try (Collective own =
        TcpCollective.join(rank, places, token, "benchmark", Duration.ofSeconds(30))) {
      if (rank == 0) {
        System.out.println(
            "| floats | median, ms | fastest tenth, ms | slowest tenth, ms | sent by each, bytes |");
        System.out.println("|---|---|---|---|---|");
      }
      for (int size : SIZES) {
        int times = Math.max(200, Math.min(exchanges, 100_000_000 / size));
        double[] all = times(own, size, times);
        Arrays.sort(all);
        if (rank == 0) {
          System.out.printf(
              Locale.ROOT,
              "| %d | %.4f | %.4f | %.4f | %d |%n",
              size,
              all[all.length / 2],
              all[all.length / 10],
              all[all.length * 9 / 10],
              own.sent(4L * size));
        }
      }
    }
  }

  private static double[] times(Collective own, int size, int exchanges) {
    float[] values = new float[size];
    double[] times = new double[exchanges];
    for (int i = -exchanges; i < exchanges; i++) {
      Arrays.fill(values, own.rank() + 1);
      long before = System.nanoTime();
      own.allReduce(values, size, Fold.SUM);
      if (i >= 0) {
        times[i] = (System.nanoTime() - before) / 1e6;
      }
      float sum = own.size() * (own.size() + 1) / 2f;
      if (values[0] != sum || values[size - 1] != sum) {
        throw new IllegalStateException("the sum is " + values[0] + ", must be " + sum);
      }
    }
    return times;
  }
}
