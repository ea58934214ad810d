package io.lossmith.spark;

import io.lossmith.app.cli.WorkerTraining;
import io.lossmith.app.io.BadInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Trains as {@code lossmith train} does, with workers that Spark runs. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Train as \"lossmith train\" does, with several workers that each have a part of every batch."
          + " What is learned does not depend on how many there are.",
      "",
      "All options of \"lossmith train\" may follow. --images, --masks and --out must be folders"
          + " that all machines share. Where an executor is lost, Spark starts all workers again,"
          + " and they go on from the last checkpoint in --out.",
      ""
    },
    footer = {"", "Example: run train --workers 2 --spark spark://host:7077 --out /shared/cells"})
final class TrainOnSpark implements Callable<Integer> {
  private static final int LAST_PORT = 65000;

  /** Less than that Spark does not take. */
  private static final long LEAST_MEMORY = 512L << 20;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many workers share a batch. Default: ${DEFAULT-VALUE}.")
  private int workers;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "The master that gives executors, such as spark://host:7077. Default: local, all workers in"
              + " this process, which needs no installation.")
  private @Nullable String master;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of each worker, for each of which its executor must have a core. Default: 1, or"
              + " locally what cores there are, shared out.")
  private @Nullable Integer threads;

  @Option(
      names = "--executor-memory",
      paramLabel = "SIZE",
      description = "Heap of an executor, such as 2g. Default: what the training needs.")
  private @Nullable String memory;

  @Option(
      names = "--conf",
      paramLabel = "NAME=VALUE",
      description = "A setting of Spark. May be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "21000",
      description =
          "Workers listen for each other at the first free port from this one on. Default:"
              + " ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long to wait for the master, for executors, and workers for each other. Default:"
              + " ${DEFAULT-VALUE}.")
  private int patience;

  @Unmatched private List<String> others = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    require(workers >= 1, "--workers", workers, "1 or more");
    require(threads == null || threads >= 1, "--threads", threads, "1 or more");
    require(port >= 1024 && port <= LAST_PORT, "--port", port, "in 1024.." + LAST_PORT);
    require(patience >= 1, "--patience", patience, "1 or more");
    int each = threads == null ? defaultThreads() : threads;
    Master where = master == null ? Master.local(workers * each) : new Master(master);
    List<String> arguments = new ArrayList<>(others);
    arguments.add("--threads=" + each);
    WorkerTraining training = WorkerTraining.of(arguments);
    train(training, where, each);
    return 0;
  }

  private static void require(boolean holds, String option, @Nullable Object value, String must) {
    if (!holds) {
      throw new BadInput("train: " + option + " is " + value + ", must be " + must + ".");
    }
  }

  private int defaultThreads() {
    boolean shared = master == null || new Master(master).isLocal();
    return shared ? Math.max(1, Runtime.getRuntime().availableProcessors() / workers) : 1;
  }

  private void train(WorkerTraining training, Master where, int each) {
    Duration wait = Duration.ofSeconds(patience);
    long needed = training.memory(workers);
    SparkSettings told = SparkSettings.of(where, workers, each, wait).withMemory(heap(needed));
    where.requireReachable(wait);
    if (!where.isLocal()) {
      told = told.withJars(Jars.ours());
    }
    for (Map.Entry<String, String> one : settings.entrySet()) {
      told = told.with(one.getKey(), one.getValue());
    }
    SharedFile shared = SharedFile.in(training.out());
    try {
      Requirements required =
          where.isLocal()
              ? Requirements.local(needed, workers)
              : Requirements.executors(shared, needed);
      WorkerJob job = TrainingJob.of(training);
      try (Cluster cluster = Cluster.open(where, told.conf(), wait)) {
        List<WorkerOutcome> outcomes =
            new Workers(cluster, workers, wait).run(new WorkerTask(required, job, port, wait));
        spec.commandLine().getOut().print(outcomes.get(0).said());
        spec.commandLine().getOut().flush();
      }
    } finally {
      shared.remove();
    }
  }

  private long heap(long needed) {
    if (memory == null) {
      return Math.max(LEAST_MEMORY, needed);
    }
    long given = HeapSize.bytes("--executor-memory", memory);
    if (given < needed) {
      throw new BadInput(
          "train: --executor-memory is "
              + memory
              + ", a worker needs "
              + HeapSize.text(needed)
              + "; give that, a smaller --batch or --crop, or more --workers.");
    }
    return given;
  }
}
