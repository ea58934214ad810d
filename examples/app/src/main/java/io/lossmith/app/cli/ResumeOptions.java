package io.lossmith.app.cli;

import io.lossmith.app.data.Fingerprints;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.FolderLock;
import io.lossmith.app.model.Checkpoint;
import io.lossmith.app.model.Checkpoints;
import io.lossmith.app.report.Progress;
import io.lossmith.app.report.TrainingOutput;
import io.lossmith.app.train.Trainer;
import io.lossmith.core.collective.Collective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How training is kept from being lost, and how it goes on. */
final class ResumeOptions {
  private static final double PATIENCE = 5; // seconds that a user who ends the program waits

  @Option(
      names = "--resume",
      description =
          "Go on with the training that left a checkpoint in --out, with its options and pictures;"
              + " of its options only --steps may be given anew, and larger. The result is that"
              + " of a training that was never ended.")
  private boolean asked;

  @Option(
      names = "--restart",
      description = "Begin anew although --out holds a training, finished or not, and replace it.")
  private boolean anew;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Write checkpoint.npz at most this often while training; always after the first and the"
              + " last step, and at Ctrl-C. 0: after each step. Default: ${DEFAULT-VALUE}.")
  private double interval;

  private @Nullable Checkpoint checkpoint;

  /** Returns whether an earlier training is still to be looked up. */
  boolean isAsked() {
    return asked && checkpoint == null;
  }

  /** Goes on from here. */
  void from(Checkpoint earlier) {
    checkpoint = earlier;
  }

  void check() {
    if (anew && asked) {
      throw new BadInput("train: --resume goes on, --restart begins anew; give one of them.");
    }
    if (!(interval >= 0)) {
      throw new BadInput("train: --checkpoint-every is " + interval + ", must be 0 or more.");
    }
  }

  /** Puts the trainer to where the earlier training was, if there is one. */
  void restore(Path out, Trainer trainer, List<String> pictures) {
    if (checkpoint != null) {
      String difference = Fingerprints.difference(checkpoint.run().pictures(), pictures);
      if (!difference.isEmpty()) {
        throw new BadInput(
            "train: "
                + difference
                + " when the training in "
                + out
                + " began; bring the pictures back, or train anew without --resume.");
      }
      trainer.restore(checkpoint.state());
    }
  }

  /** Returns what keeps checkpoints of the training. */
  Checkpoints checkpoints(
      Path out, Trainer trainer, Map<String, List<String>> options, List<String> pictures) {
    Checkpoint.Run run = new Checkpoint.Run(options, pictures);
    return new Checkpoints(
        out, interval, trainer, run, checkpoint == null ? 0 : checkpoint.seconds());
  }

  /** Returns in words where the training went on, or an empty text where it did not. */
  String note() {
    return checkpoint == null ? "" : ", resumed after step " + checkpoint.state().steps();
  }

  /**
   * Locks the folder, unless that was done to read the checkpoint.
   *
   * @throws BadInput if a training would be lost there that nobody has said to replace
   */
  @Nullable FolderLock lock(Path out) {
    if (checkpoint != null) {
      return null;
    }
    FolderLock lock = FolderLock.of("train", out);
    String held = anew ? null : held(out);
    if (held != null) {
      lock.close();
      throw new BadInput(
          "train: "
              + out
              + " holds "
              + held
              + ", replace it with --restart, or give another --out.");
    }
    return lock;
  }

  /** Returns what of an earlier training is there, and how to go on with it. */
  private static @Nullable String held(Path out) {
    if (Checkpoint.isUnfinished(out.resolve(Checkpoints.FILE))) {
      return "a training that did not come to its end; go on with --resume";
    }
    return Files.exists(out.resolve(TrainingOutput.MODEL))
        ? "a trained model; go on with --resume and more --steps"
        : null;
  }

  /** Leaves a checkpoint when the user ends the program, and says so. */
  Interruption interruption(
      Progress progress, Checkpoints checkpoints, Collective worker, int steps, Path out) {
    return new Interruption(
        progress::close,
        () -> {
          int step = checkpoints.ask(PATIENCE);
          worker.leave("the user ended it");
          return "train: ended by the user "
              + (step == 0
                  ? "in the first step; nothing was written to " + out + "."
                  : "after step "
                      + step
                      + " of "
                      + steps
                      + "; train --resume --out "
                      + out
                      + " continues from there.");
        });
  }
}
