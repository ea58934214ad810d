package io.lossmith.spark;

import io.lossmith.app.io.BadInput;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Knows whether workers run. Where an executor is lost and none takes its place, Spark waits for
 * slots and says so in its log alone.
 */
final class Running extends SparkListener {
  private final Duration patience;
  private int tasks;
  private int attempts;
  private String last = "";
  private long since = System.nanoTime();

  Running(Duration patience) {
    this.patience = patience;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    attempts = Math.max(attempts, submitted.stageInfo().attemptNumber() + 1);
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    tasks++;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    tasks--;
    since = System.nanoTime();
    // Those of the other workers follow from it.
    if (end.reason() instanceof ExceptionFailure failure) {
      last = FirstLine.of(failure.description());
    } else if (end.reason() instanceof ExecutorLostFailure failure) {
      last = "an executor was lost";
    }
  }

  /**
   * Ends a job of which no task has run for long.
   *
   * @throws BadInput if it did
   */
  synchronized void requireAnyone(Future<?> job) {
    if (tasks == 0 && System.nanoTime() - since > patience.toNanos()) {
      job.cancel(true);
      throw new BadInput(
          "train: no worker has run for "
              + patience.toSeconds()
              + " s; executors were lost and none have taken their place: start more of Spark's"
              + " workers, then train --resume goes on from the last checkpoint.");
    }
  }

  /** Returns in words why the job failed. */
  synchronized String failure(Throwable cause) {
    return last.isEmpty()
        ? "Spark gave the workers up: " + FirstLine.of(cause)
        : "the workers were started "
            + attempts
            + " times and lost each time, at last because of: "
            + last
            + "; train --resume goes on from the last checkpoint.";
  }
}
