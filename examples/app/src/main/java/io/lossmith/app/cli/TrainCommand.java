package io.lossmith.app.cli;

import io.lossmith.app.data.ClassCounts;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Fingerprints;
import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Share;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.loss.ClassWeighting;
import io.lossmith.app.loss.IgnoredPixels;
import io.lossmith.app.loss.LossSpec;
import io.lossmith.app.model.Checkpoint;
import io.lossmith.app.report.Preview;
import io.lossmith.app.report.Progress;
import io.lossmith.app.report.RunFacts;
import io.lossmith.app.report.Terminal;
import io.lossmith.app.report.TrainingOutput;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.app.train.WarmUp;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.Loss;
import java.nio.file.Path;
import java.time.Duration;
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

  @Mixin private WorkerOptions workers = new WorkerOptions();

  @Spec private CommandSpec spec;

  private @Nullable Team given;
  private @Nullable Progress progress;

  @Override
  public Integer call() {
    check();
    if (given == null) {
      begin();
    } else {
      given.prepare(this::begin);
    }
    return 0;
  }

  /** Says what is wrong with the options before anything is read. */
  void check() {
    resume.check();
    workers.check();
    if (!resume.isAsked()) { // else they are those of the training that is there
      pieces.check();
      pace.check();
      data.check();
      data.requireElsewhere(out);
      losses.weighting(specs(), data.classes());
    }
  }

  /** Returns the losses; builds each, which says what is wrong with it. */
  private List<LossSpec> specs() {
    List<LossSpec> named = losses.specs(data.classes());
    List<LossSpec> specs = ignored().isEmpty() ? named : IgnoredPixels.leaveOut(named, Mask.VOID);
    specs.forEach(LossSpec::build);
    return specs;
  }

  private Set<Integer> ignored() {
    Set<Integer> ignored = new HashSet<>(data.ignored());
    ignored.addAll(IgnoredPixels.named(losses.specs(data.classes())));
    return ignored;
  }

  private void begin() {
    if (resume.isAsked()) {
      Resumption.call(spec, out, this);
      return;
    }
    try (Team team = given == null ? workers.team() : given) {
      team.prepare(() -> prepare(team));
    }
  }

  /** What can fail on one worker alone comes when the others are there to be told. */
  private void prepare(Team team) {
    List<LossSpec> specs = specs();
    Engine chosen = engine.engine(workers.here());
    data.requireMemory(
        pieces.mostPixels(given == null ? workers.programs() : given.size()), share(team.here()));
    try (WarmUp warmUp = new WarmUp(data.classes(), LossSumOptions.sum(specs), chosen)) {
      learn(specs, chosen, warmUp, team);
    }
  }

  private void learn(List<LossSpec> named, Engine chosen, WarmUp warmUp, Team team) {
    ClassWeighting weighting = losses.weighting(named, data.classes());
    Set<Integer> ignored = ignored();
    TrainOptions options = TrainOptions.of(spec);
    DataSet pictures =
        data.read(pace.seed(), ignored, options.forWorkers(), share(team.here()), team.others());
    pace.goesByDice().ifPresent(option -> data.requireDice(pictures, option));
    if (keep == Keep.BEST) {
      data.requireDice(pictures, "--keep best");
    }
    List<LossSpec> specs = named;
    List<Double> weights = List.of();
    if (weighting != null) {
      ClassCounts counts = ClassCounts.of(pictures.training().facts(), data.classes());
      weights = weighting.weights(counts, ignored);
      specs = weighting.fill(named, weights);
      print(team, "class weights, " + weighting + ": " + ClassWeightOptions.words(weights));
    }
    TrainingPlan plan = pace.plan(pieces.pieces(pictures.training().facts()));
    String label = LossSumOptions.label(specs);
    RunFacts facts =
        new RunFacts(settings(pictures, plan, label, chosen, team), weights, keep == Keep.BEST);
    TrainingOutput output =
        new TrainingOutput(out, plan, label, chosen.name(), options.forModel(), facts);
    List<String> preview = Preview.lines(pictures, data.classes(), data.understood());
    TrainingRun run =
        new TrainingRun(
            out, output, plan, resume, options, Fingerprints.of(pictures), preview, chosen.name());
    Progress shown = progress == null ? Progress.onStandardError(Terminal.ofLauncher()) : progress;
    List<LossSpec> all = specs;
    Loss loss = LossSumOptions.sum(all);
    team.run(
        worker -> {
          try (Trainer trainer =
              new Trainer(plan, pictures, data.classes(), ignored, loss, chosen, worker)) {
            warmUp.close();
            run.train(trainer, team, shown, spec.commandLine().getOut());
            if (worker.rank() == 0) {
              warn(CollapseWarning.of(trainer.history().validations(), all, data.classes()));
            }
          }
        });
  }

  private Share share(List<Collective> here) {
    return Share.of(here, pieces.batch(), pace.seed());
  }

  /** Goes on from where an earlier training was, for whoever the other was to train. */
  void resumeFrom(Checkpoint checkpoint, TrainCommand other) {
    resume.from(checkpoint);
    given = other.given;
    progress = other.progress;
  }

  /** Trains as one of several workers, who met in a way of their own. */
  void workAs(Collective worker, Progress shown) {
    given = new Team(List.of(worker), false);
    progress = shown;
  }

  /** Refuses options that say where workers are. */
  void requireNoWorkers() {
    if (workers.isAsked()) {
      throw new BadInput(
          "train: "
              + String.join(", ", WorkerOptions.NAMES)
              + " say who the workers are, which is known here; leave them away.");
    }
  }

  /** Returns how many bytes that one of so many workers needs who needs most. */
  long memory(int workers) {
    return LocalCollective.of(workers, Duration.ofSeconds(1)).stream()
        .mapToLong(one -> data.neededMemory(pieces.mostPixels(workers), share(List.of(one))))
        .max()
        .orElseThrow();
  }

  /** Returns whether this program writes what is learned. */
  boolean writes() {
    return given == null ? workers.writes() : given.writes();
  }

  /** Returns the folder to write to. */
  Path out() {
    return out;
  }

  private void warn(@Nullable String warning) {
    if (warning != null) {
      spec.commandLine().getErr().println("lossmith: warning: " + warning);
    }
  }

  private void print(Team team, String line) {
    if (team.writes()) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }

  /** What was chosen, as the page in --out shows it. */
  private Map<String, String> settings(
      DataSet pictures, TrainingPlan plan, String label, Engine chosen, Team team) {
    Map<String, String> settings = new LinkedHashMap<>();
    data.describe(pictures, settings);
    losses.describe(label, settings);
    pieces.describe(plan.pieces(), settings);
    pace.describe(settings);
    settings.put("engine", chosen.name());
    if (team.size() > 1) {
      settings.put("workers", team.size() + ", each with a part of each batch");
    }
    return settings;
  }
}
