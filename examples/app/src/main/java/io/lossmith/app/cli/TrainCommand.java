package io.lossmith.app.cli;

import io.lossmith.app.data.ClassCounts;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Fingerprints;
import io.lossmith.app.data.Mask;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.FolderLock;
import io.lossmith.app.loss.ClassWeighting;
import io.lossmith.app.loss.IgnoredPixels;
import io.lossmith.app.loss.LossSpec;
import io.lossmith.app.model.Checkpoint;
import io.lossmith.app.model.Checkpoints;
import io.lossmith.app.report.Outcome;
import io.lossmith.app.report.Preview;
import io.lossmith.app.report.Progress;
import io.lossmith.app.report.RunFacts;
import io.lossmith.app.report.Terminal;
import io.lossmith.app.report.TrainingOutput;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingListener;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.app.train.WarmUp;
import io.lossmith.core.engine.Engine;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a small U-Net and shows what it learned. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Train a small U-Net on your pictures, or without arguments on a made set of cell pictures.",
      "",
      "Writes into --out: index.html, which shows scores, curves and overlays of prediction and"
          + " truth together; the pictures it shows; the model (model.npz, which predict takes);"
          + " steps.csv, the figures of each step; metrics.json; and while it"
          + " trains checkpoint.npz, from which --resume goes on.",
      ""
    },
    footer = {
      "",
      "Example: lossmith train --images pictures --masks truth --loss dice --loss focal:0.5,gamma=3"
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private DataOptions data = new DataOptions();

  @Mixin private LossSumOptions losses = new LossSumOptions();

  @Mixin private PieceOptions pieces = new PieceOptions();

  @Mixin private PaceOptions pace = new PaceOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "lossmith-out",
      description =
          "Where to write; a training that is there is not replaced. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--keep",
      paramLabel = "WHICH",
      defaultValue = "last",
      description =
          "last: the model after the last step, model.npz. best: beside it the one of the best"
              + " validation Dice, best.npz. Default: ${DEFAULT-VALUE}.")
  private Keep keep;

  @Mixin private ResumeOptions resume = new ResumeOptions();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    resume.check();
    if (resume.isAsked()) {
      return Resumption.call(spec, out);
    }
    pieces.check();
    pace.check();
    data.check();
    data.requireElsewhere(out);
    List<LossSpec> named = losses.specs(data.classes());
    Set<Integer> ignored = new HashSet<>(data.ignored());
    ignored.addAll(IgnoredPixels.named(named));
    List<LossSpec> specs = ignored.isEmpty() ? named : IgnoredPixels.leaveOut(named, Mask.VOID);
    specs.forEach(LossSpec::build); // says what is wrong with one before pictures are read
    ClassWeighting weighting = losses.weighting(specs, data.classes());
    Engine chosen = engine.engine();
    data.requireMemory(pieces.mostPixels());
    try (WarmUp warmUp = new WarmUp(data.classes(), LossSumOptions.sum(specs), chosen)) {
      learn(specs, ignored, weighting, chosen, warmUp);
    }
    return 0;
  }

  private void learn(
      List<LossSpec> specs,
      Set<Integer> ignored,
      @Nullable ClassWeighting weighting,
      Engine chosen,
      WarmUp warmUp) {
    DataSet pictures = data.read(pace.seed(), ignored);
    pace.goesByDice().ifPresent(option -> data.requireDice(pictures, option));
    if (keep == Keep.BEST) {
      data.requireDice(pictures, "--keep best");
    }
    List<Double> weights = List.of();
    if (weighting != null) {
      ClassCounts counts = ClassCounts.of(pictures.training(), data.classes());
      weights = weighting.weights(counts, ignored);
      specs = weighting.fill(specs, weights);
      print("class weights, " + weighting + ": " + ClassWeightOptions.words(weights));
    }
    TrainingPlan plan = pace.plan(pieces.pieces(pictures.training()));
    String label = LossSumOptions.label(specs);
    RunFacts facts =
        new RunFacts(settings(pictures, plan, label, chosen), weights, keep == Keep.BEST);
    TrainOptions given = TrainOptions.of(spec);
    try (Trainer trainer =
        new Trainer(plan, pictures, data.classes(), ignored, LossSumOptions.sum(specs), chosen)) {
      TrainingOutput output =
          new TrainingOutput(out, plan, label, chosen.name(), given.forModel(), facts);
      Checkpoints checkpoints =
          resume.checkpoints(out, trainer, given.forCheckpoint(), Fingerprints.of(pictures));
      output.prepare();
      try (FolderLock lock = resume.lock(out)) {
        warmUp.close();
        Preview.lines(pictures, data.classes(), data.understood()).forEach(this::print);
        train(trainer, plan, output, chosen, checkpoints);
        warn(CollapseWarning.of(trainer.history().validations(), specs, data.classes()));
      }
    }
  }

  private void train(
      Trainer trainer,
      TrainingPlan plan,
      TrainingOutput output,
      Engine chosen,
      Checkpoints checkpoints) {
    double seconds;
    List<String> written;
    try (Progress progress = Progress.onStandardError(Terminal.ofLauncher());
        Interruption interruption = resume.interruption(progress, checkpoints, plan.steps(), out)) {
      progress.begin(trainer.history().steps(), plan.steps());
      trainer.run(TrainingListener.both(checkpoints, progress));
      progress.close();
      seconds = checkpoints.seconds();
      written = written(output, trainer, seconds);
      checkpoints.finish();
    }
    TrainSummary.lines(trainer, seconds, chosen.name(), resume.note()).forEach(this::print);
    Outcome.sentences(trainer, plan, keep == Keep.BEST).forEach(this::print);
    print("written to " + out + ": " + String.join(", ", written));
  }

  private List<String> written(TrainingOutput output, Trainer trainer, double seconds) {
    try {
      return output.write(trainer, seconds);
    } catch (BadInput e) {
      throw new BadInput(
          e.getMessage() + " train --resume --out " + out + " writes what is missing.", e);
    }
  }

  /** Goes on from where an earlier training was. */
  void resumeFrom(Checkpoint checkpoint) {
    resume.from(checkpoint);
  }

  private void warn(@Nullable String warning) {
    if (warning != null) {
      spec.commandLine().getErr().println("lossmith: warning: " + warning);
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /** What was chosen, as the page in --out shows it. */
  private Map<String, String> settings(
      DataSet pictures, TrainingPlan plan, String label, Engine chosen) {
    Map<String, String> settings = new LinkedHashMap<>();
    data.describe(pictures, settings);
    losses.describe(label, settings);
    pieces.describe(plan.pieces(), settings);
    pace.describe(settings);
    settings.put("engine", chosen.name());
    return settings;
  }
}
