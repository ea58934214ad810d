package io.lossmith.spark;

import io.lossmith.app.cli.WorkerTraining;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.FolderLock;
import io.lossmith.app.model.Checkpoints;
import io.lossmith.app.report.Progress;
import io.lossmith.app.report.Terminal;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.op.Fold;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A training.
 *
 * @param arguments of {@code lossmith train}, with absolute paths
 * @param earlier the checksum of the checkpoint that was there before; that is none of this
 *     training
 */
record TrainingJob(List<String> arguments, long earlier) implements WorkerJob {
  private static final long NONE = -1;

  /** How long a worker of the attempt before may take to end. */
  private static final long LOCKED = 20_000_000_000L;

  private static final long AGAIN_MS = 200;

  static TrainingJob of(WorkerTraining training) {
    return new TrainingJob(training.arguments(), checksum(checkpoint(training)));
  }

  private static Path checkpoint(WorkerTraining training) {
    return training.out().resolve(Checkpoints.FILE);
  }

  private static long checksum(Path file) {
    try {
      CRC32 sum = new CRC32();
      sum.update(Files.readAllBytes(file));
      return sum.getValue();
    } catch (NoSuchFileException e) {
      return NONE;
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read; " + e.getMessage() + ".", e);
    }
  }

  @Override
  public String agreement() {
    return WorkerTraining.agreement();
  }

  @Override
  public void run(Collective own, int attempt, PrintWriter out) {
    WorkerTraining training = WorkerTraining.of(arguments);
    if (attempt > 0) {
      if (own.rank() == 0) {
        awaitUnlocked(training.out());
      }
      own.allReduce(new float[1], 1, Fold.SUM); // from now on all read the same checkpoint
      long now = checksum(checkpoint(training));
      if (now != NONE && now != earlier) {
        training = training.resumed();
      }
    }
    training.run(own, out, Progress.onStandardError(Terminal.ofLauncher()));
  }

  private static void awaitUnlocked(Path folder) {
    long began = System.nanoTime();
    while (true) {
      try {
        FolderLock.of("train", folder).close();
        return;
      } catch (BadInput e) {
        if (System.nanoTime() - began > LOCKED) {
          throw e;
        }
      }
      try {
        Thread.sleep(AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
