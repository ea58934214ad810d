package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.FolderLock;
import io.lossmith.app.model.Checkpoints;
import io.lossmith.app.report.Outcome;
import io.lossmith.app.report.Progress;
import io.lossmith.app.report.TrainingOutput;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingListener;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.app.workers.Agreement;
import io.lossmith.core.engine.EngineException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What each worker of a training does once pictures are read. Worker 0 writes and prints; the
 * others only compute.
 *
 * @param out the folder to write to
 * @param output writes there what was learned
 * @param resume where it begins, and how often its state is kept
 * @param options what it was asked for
 * @param pictures a line for each
 * @param preview what is to be said of them
 * @param engine the name of the engine
 */
record TrainingRun(
    Path out,
    TrainingOutput output,
    TrainingPlan plan,
    ResumeOptions resume,
    TrainOptions options,
    List<String> pictures,
    List<String> preview,
    String engine) {

  /** Trains, to the end. */
  void train(Trainer trainer, Team team, Progress progress, PrintWriter print) {
    resume.restore(out, trainer, pictures);
    Agreement.require(trainer.worker(), List.of("begun at " + trainer.position()));
    if (trainer.worker().rank() == 0) {
      lead(trainer, progress, print);
    } else if (team.ownsProcess()) {
      follow(trainer, print);
    } else {
      trainer.run(TrainingListener.NONE);
    }
  }

  private void lead(Trainer trainer, Progress progress, PrintWriter print) {
    Checkpoints checkpoints = resume.checkpoints(out, trainer, options.forCheckpoint(), pictures);
    output.prepare();
    try (FolderLock lock = resume.lock(out)) {
      preview.forEach(print::println);
      if (trainer.worker().size() > 1) {
        print.println(trainer.worker().size() + " workers; " + trainer.exchanges());
      }
      print.flush();
      double seconds;
      List<String> written;
      try (progress;
          Interruption interruption =
              resume.interruption(progress, checkpoints, trainer.worker(), plan.steps(), out)) {
        progress.begin(trainer.history().steps(), plan.steps());
        run(trainer, TrainingListener.both(checkpoints, progress), checkpoints, interruption);
        progress.close();
        seconds = checkpoints.seconds();
        written = written(trainer, seconds);
        checkpoints.finish();
      }
      List<String> lines =
          new ArrayList<>(TrainSummary.lines(trainer, seconds, engine, resume.note()));
      lines.addAll(Outcome.sentences(trainer, plan, output.keepsBest()));
      lines.add("written to " + out + ": " + String.join(", ", written));
      lines.forEach(print::println);
      print.flush();
    }
  }

  /** Where another worker fails, what was learned before is kept. */
  private void run(
      Trainer trainer,
      TrainingListener listener,
      Checkpoints checkpoints,
      Interruption interruption) {
    try {
      trainer.run(listener);
    } catch (EngineException e) {
      int step = checkpoints.keep();
      interruption.await();
      throw step == 0
          ? e
          : new EngineException(
              e.getMessage() + "; train --resume --out " + out + " continues after step " + step,
              e);
    }
  }

  private List<String> written(Trainer trainer, double seconds) {
    try {
      return output.write(trainer, seconds);
    } catch (BadInput e) {
      throw new BadInput(
          e.getMessage() + " train --resume --out " + out + " writes what is missing.", e);
    }
  }

  private void follow(Trainer trainer, PrintWriter print) {
    String who = "worker " + trainer.worker().rank() + " of " + trainer.worker().size();
    print.println(who + ": trains with the others, worker 0 shows how it goes");
    print.flush();
    try (Interruption interruption =
        new Interruption(
            () -> {},
            () -> {
              trainer.worker().leave("the user ended it");
              return "train: " + who + " was ended by the user.";
            })) {
      try {
        trainer.run(TrainingListener.NONE);
      } catch (EngineException e) {
        interruption.await();
        throw e;
      }
    }
    print.println(who + ": trained " + trainer.history().steps() + " steps, worker 0 writes");
    print.flush();
  }
}
