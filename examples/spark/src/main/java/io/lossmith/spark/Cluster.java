package io.lossmith.spark;

import io.lossmith.app.io.BadInput;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The connection to a Spark master, and the executors that it gave. */
final class Cluster implements AutoCloseable {
  private static final long AGAIN_MS = 200;

  private final JavaSparkContext spark;
  private final Master master;
  private final int cpus;

  private Cluster(JavaSparkContext spark, Master master) {
    this.spark = spark;
    this.master = master;
    this.cpus = spark.getConf().getInt("spark.task.cpus", 1);
  }

  /**
   * Connects.
   *
   * @throws BadInput if that does not succeed in time
   */
  static Cluster open(Master master, SparkConf conf, Duration patience) {
    master.requireReachable(patience);
    CompletableFuture<JavaSparkContext> opened = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                opened.complete(new JavaSparkContext(conf));
              } catch (Throwable e) {
                opened.completeExceptionally(e);
              }
            },
            "spark-open");
    thread.setDaemon(true);
    thread.start();
    try {
      return new Cluster(opened.get(patience.toMillis(), TimeUnit.MILLISECONDS), master);
    } catch (TimeoutException e) {
      throw new BadInput(
          "train: "
              + master.url()
              + " has not taken this program on within "
              + patience.toSeconds()
              + " s; is it a Spark master of version "
              + org.apache.spark.package$.MODULE$.SPARK_VERSION()
              + "?",
          e);
    } catch (ExecutionException e) {
      throw new BadInput(
          "train: Spark does not start with " + master.url() + ": " + FirstLine.of(e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInput("train: interrupted while Spark started.", e);
    }
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** Returns how many workers can run at a time on the executors that are here. */
  int slots() {
    // What Spark itself asks before a stage whose tasks must all run; it only logs the answer, and
    // waits. Its public defaultParallelism() is never below 2, even without an executor.
    return spark
        .sc()
        .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile());
  }

  /**
   * Waits until all workers can run.
   *
   * @throws BadInput if they cannot in time
   */
  void requireSlots(int workers, Duration patience) {
    long began = System.nanoTime();
    int slots = slots();
    while (slots < workers) {
      if (master.isLocal() || System.nanoTime() - began > patience.toNanos()) {
        throw new BadInput(tooFew(workers, slots, patience));
      }
      try {
        Thread.sleep(AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BadInput("train: interrupted while waiting for executors.", e);
      }
      slots = slots();
    }
  }

  private String tooFew(int workers, int slots, Duration patience) {
    String needed =
        "train: "
            + workers
            + " workers need "
            + workers
            + " slots of "
            + cpus
            + (cpus == 1 ? " core, " : " cores, ")
            + master.url()
            + " has ";
    if (master.isLocal()) {
      return needed + slots + "; give --spark local[" + workers * cpus + "], or fewer --workers.";
    }
    String memory = spark.getConf().get("spark.executor.memory");
    return needed
        + slots
        + " free after "
        + patience.toSeconds()
        + " s, on machines with "
        + memory
        + " free for an executor; start more of Spark's workers, or give fewer --workers, or a"
        + " smaller --executor-memory.";
  }

  @Override
  public void close() {
    // Interrupted while it stops, Spark would wait for itself for ever.
    boolean interrupted = Thread.interrupted();
    spark.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
