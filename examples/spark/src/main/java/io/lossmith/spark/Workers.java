package io.lossmith.spark;

import io.lossmith.app.io.BadInput;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Has Spark run workers until all come to their end. */
final class Workers {
  private static final ClassTag<WorkerOutcome> TAG = ClassTag$.MODULE$.apply(WorkerOutcome.class);

  private final Cluster cluster;
  private final int count;
  private final Duration patience;

  Workers(Cluster cluster, int count, Duration patience) {
    this.cluster = cluster;
    this.count = count;
    this.patience = patience;
  }

  /**
   * Runs them.
   *
   * @return what they said, by rank
   * @throws BadInput if one of them made a mistake, or they were lost too often, or for too long
   */
  List<WorkerOutcome> run(WorkerTask task) {
    cluster.requireSlots(count, patience);
    Running running = new Running(patience);
    cluster.spark().sc().addSparkListener(running);
    List<WorkerOutcome> outcomes = await(start(task), running);
    outcomes.stream()
        .filter(one -> !one.isGood())
        .findFirst()
        .ifPresent(
            one -> {
              throw new BadInput("train: " + one.mistake());
            });
    return outcomes;
  }

  private JavaFutureAction<List<WorkerOutcome>> start(WorkerTask task) {
    List<Integer> ranks = IntStream.range(0, count).boxed().toList();
    // Spark starts a barrier stage again only where a shuffle is behind it.
    return JavaRDD.fromRDD(
            cluster
                .spark()
                .parallelize(ranks, count)
                .rdd()
                .barrier()
                .mapPartitions(task, false, TAG)
                .repartition(1, null),
            TAG)
        .collectAsync();
  }

  private List<WorkerOutcome> await(JavaFutureAction<List<WorkerOutcome>> job, Running running) {
    while (true) {
      try {
        return job.get(1, TimeUnit.SECONDS).stream()
            .sorted(Comparator.comparing(WorkerOutcome::rank))
            .toList();
      } catch (TimeoutException e) {
        running.requireAnyone(job);
      } catch (ExecutionException e) {
        throw new BadInput("train: " + running.failure(e.getCause()), e);
      } catch (InterruptedException e) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new BadInput("train: interrupted.", e);
      }
    }
  }
}
