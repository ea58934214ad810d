package io.lossmith.app.model;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.train.History;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingListener;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes a checkpoint after the first step, then whenever some seconds have passed since the last
 * one, after the last step, and when asked.
 */
public final class Checkpoints implements TrainingListener {
  /** What a checkpoint is called in its folder. */
  public static final String FILE = "checkpoint.npz";

  private final Path file;
  private final double interval;
  private final Trainer trainer;
  private final Checkpoint.Run run;
  private final double earlierSeconds;
  private final long started = System.nanoTime();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private long written;
  private int told; // the last step whose scores, if any, are in the history
  private volatile int step;

  /**
   * Makes a keeper of checkpoints; nothing is written yet.
   *
   * @param interval seconds from one to the next
   * @param earlierSeconds how long the training took before it was ended
   */
  public Checkpoints(
      Path folder, double interval, Trainer trainer, Checkpoint.Run run, double earlierSeconds) {
    this.file = folder.resolve(FILE);
    this.interval = interval;
    this.trainer = trainer;
    this.run = run;
    this.earlierSeconds = earlierSeconds;
    this.step = trainer.history().steps();
    this.told = step;
  }

  @Override
  public void stepped(int number, int steps, History history) {
    told = number;
    boolean wanted = asked.getCount() == 0;
    double since = (System.nanoTime() - written) / 1e9;
    if (wanted || written == 0 || since >= interval || number == steps) {
      write(false);
    }
    if (wanted || number == steps) { // after the last step there is nothing to wait for
      answered.countDown();
    }
  }

  @Override
  public void validated(History history) {
    // The step that is told next holds it.
  }

  /** Notes that the results of the training are written. */
  public void finish() {
    write(true);
  }

  /**
   * Writes where training stands after a step has failed.
   *
   * @return the step of the newest checkpoint, 0 if there is none
   */
  public int keep() {
    if (told > step && told == trainer.history().steps()) { // else it was not scored yet
      write(false);
    }
    answered.countDown();
    return step;
  }

  private void write(boolean finished) {
    Checkpoint checkpoint =
        new Checkpoint(
            trainer.network(), trainer.channels(), run, seconds(), finished, trainer.state());
    try {
      checkpoint.write(file);
    } catch (BadInput e) {
      throw step == 0
          ? e
          : new BadInput(e.getMessage() + " train --resume continues after step " + step + ".", e);
    }
    step = trainer.history().steps();
    written = System.nanoTime();
  }

  /** Returns how long the training took, earlier runs included. */
  public double seconds() {
    return earlierSeconds + (System.nanoTime() - started) / 1e9;
  }

  /**
   * Has a checkpoint written after the step that is being taken, from another thread.
   *
   * @return the step of the newest checkpoint, 0 if there is none; where the step takes longer than
   *     the patience, an older one
   */
  public int ask(double patience) {
    asked.countDown();
    try {
      if (!answered.await(Math.round(1000 * patience), TimeUnit.MILLISECONDS)) {
        return step;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return step;
  }
}
