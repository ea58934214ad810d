package io.lossmith.app.cli;

import io.lossmith.app.data.ClassCounts;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Fingerprints;
import io.lossmith.app.data.FittingCrop;
import io.lossmith.app.data.Mask;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.FolderLock;
import io.lossmith.app.loss.Activations;
import io.lossmith.app.loss.ClassWeighting;
import io.lossmith.app.loss.IgnoredPixels;
import io.lossmith.app.loss.LossSpec;
import io.lossmith.app.model.Checkpoint;
import io.lossmith.app.model.Checkpoints;
import io.lossmith.app.report.Preview;
import io.lossmith.app.report.Progress;
import io.lossmith.app.report.RunFacts;
import io.lossmith.app.report.Terminal;
import io.lossmith.app.report.TrainingOutput;
import io.lossmith.app.score.Measure;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingListener;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.app.train.WarmUp;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.Loss;
import io.lossmith.losses.metrics.ConfusionTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
          + " metrics.json; and while it trains checkpoint.npz, from which --resume goes on.",
      ""
    },
    footer = {
      "",
      "Example: lossmith train --images pictures --masks truth --loss dice --loss focal:0.5,gamma=3"
    })
final class TrainCommand implements Callable<Integer> {
  private static final int DEFAULT_CROP = 128;

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--loss",
      paramLabel = "NAME[:WEIGHT][,option=value...]",
      description =
          "A loss; given several times, their sum. Values are JSON. Where a loss takes an activation"
              + " and none is given, it is sigmoid (one class) or softmax; a loss that takes"
              + " probabilities or their logarithms is given them. Default: dice and"
              + " bce-with-logits, or dice and cross-entropy for classes. A loss within a loss is JSON:"
              + " 'top-k,loss={\"loss\":\"bce-with-logits\"}'.")
  private List<String> losses = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "300",
      description = "How many batches to learn from. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Pieces of pictures in a batch. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--crop",
      paramLabel = "PIXELS",
      description =
          "Side of a piece, a multiple of 4. Default: "
              + DEFAULT_CROP
              + ", or what the smallest picture has.")
  private @Nullable Integer crop;

  @Mixin private ClassWeightOptions classWeights = new ClassWeightOptions();

  @Mixin private AugmentOptions augment = new AugmentOptions();

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "0.003",
      description = "How far a step of Adam goes. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Start of all that is random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "lossmith-out",
      description =
          "Where to write; a training that is there is not replaced. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Mixin private ResumeOptions resume = new ResumeOptions();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    resume.check();
    if (resume.isAsked()) {
      return Resumption.call(spec, out);
    }
    check();
    data.check();
    data.requireElsewhere(out);
    augment.augmentation(); // says what is wrong with it before anything is read
    List<LossSpec> named = specs();
    Set<Integer> ignored = new HashSet<>(data.ignored());
    ignored.addAll(IgnoredPixels.named(named));
    List<LossSpec> specs = ignored.isEmpty() ? named : IgnoredPixels.leaveOut(named, Mask.VOID);
    specs.forEach(LossSpec::build); // says what is wrong with one before pictures are read
    ClassWeighting weighting = classWeights.weighting(data.classes());
    if (weighting != null) {
      weighting.fill(specs, List.of()); // says so if there is no loss to fill, too
    }
    Engine chosen = engine.engine();
    long side = crop == null ? DEFAULT_CROP : crop;
    data.requireMemory(batch * side * side);
    try (WarmUp warmUp = new WarmUp(data.classes(), sum(specs), chosen)) {
      learn(specs, ignored, weighting, chosen, warmUp);
    }
    return 0;
  }

  private static Loss sum(List<LossSpec> specs) {
    return specs.stream().map(LossSpec::build).reduce(Loss::plus).orElseThrow();
  }

  private void learn(
      List<LossSpec> specs,
      Set<Integer> ignored,
      @Nullable ClassWeighting weighting,
      Engine chosen,
      WarmUp warmUp) {
    DataSet pictures = data.read(seed, ignored);
    List<Double> weights = List.of();
    if (weighting != null) {
      ClassCounts counts = ClassCounts.of(pictures.training(), data.classes());
      weights = weighting.weights(counts, ignored);
      specs = weighting.fill(specs, weights);
      print("class weights, " + weighting + ": " + ClassWeightOptions.words(weights));
    }
    TrainingPlan plan =
        new TrainingPlan(
            steps,
            batch,
            crop == null ? FittingCrop.of(pictures.training(), DEFAULT_CROP) : crop,
            learningRate,
            seed,
            augment.augmentation());
    String label = specs.stream().map(LossSpec::label).collect(Collectors.joining(" + "));
    RunFacts facts = new RunFacts(settings(pictures, plan, label, chosen), weights);
    TrainOptions given = TrainOptions.of(spec);
    try (Trainer trainer =
        new Trainer(plan, pictures, data.classes(), ignored, sum(specs), chosen)) {
      TrainingOutput output =
          new TrainingOutput(out, plan, label, chosen.name(), given.forModel(), facts);
      Checkpoints checkpoints =
          resume.checkpoints(out, trainer, given.forCheckpoint(), Fingerprints.of(pictures));
      output.prepare();
      try (FolderLock lock = resume.lock(out)) {
        warmUp.close();
        Preview.lines(pictures, data.classes(), data.understood()).forEach(this::print);
        train(trainer, output, pictures, chosen, checkpoints);
        warn(CollapseWarning.of(trainer.history().validations(), specs, data.classes()));
      }
    }
  }

  private void train(
      Trainer trainer,
      TrainingOutput output,
      DataSet pictures,
      Engine chosen,
      Checkpoints checkpoints) {
    double seconds;
    List<String> written;
    try (Progress progress = Progress.onStandardError(Terminal.ofLauncher());
        Interruption interruption = resume.interruption(progress, checkpoints, steps, out)) {
      progress.begin(trainer.history().steps(), steps);
      trainer.run(TrainingListener.both(checkpoints, progress));
      progress.close();
      seconds = checkpoints.seconds();
      written = written(output, trainer, pictures, seconds);
      checkpoints.finish();
    }
    PrintWriter print = spec.commandLine().getOut();
    ConfusionTable counts = trainer.history().latest().counts();
    print.printf(
        Locale.ROOT,
        "trained %d steps on %s in %.1f s, engine %s%s%n",
        steps,
        counted(pictures.training().size()),
        seconds,
        chosen.name(),
        resume.note());
    print.printf(
        "validation %s, on %s%n",
        Measure.FIRST_FOUR.stream()
            .map(measure -> measure.title + " " + Measure.text(measure.of(counts), 4))
            .collect(Collectors.joining(", ")),
        counted(pictures.validation().size()));
    print.printf("written to %s: %s%n", out, String.join(", ", written));
    print.flush();
  }

  private List<String> written(
      TrainingOutput output, Trainer trainer, DataSet pictures, double seconds) {
    try {
      return output.write(trainer, pictures.validation(), seconds);
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

  private static String counted(int pictures) {
    return pictures == 1 ? "1 picture" : pictures + " pictures";
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /** What was chosen, as the page in --out shows it. */
  private Map<String, String> settings(
      DataSet pictures, TrainingPlan plan, String label, Engine chosen) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("pictures", data.source());
    settings.put(
        "how many",
        pictures.training().size()
            + " to learn from, "
            + pictures.validation().size()
            + " to measure on");
    settings.put("channels", pictures.channels() == 1 ? "grey" : "red, green, blue");
    settings.put("classes", data.classes() == 1 ? "foreground or not" : data.classes() + "");
    if (!data.understood().isEmpty()) {
      settings.put("read", data.understood().substring(2));
    }
    settings.put("loss", losses.isEmpty() ? label : String.join(" + ", losses));
    settings.put("class weights", classWeights.toString());
    settings.put("augment", augment.toString());
    settings.put("steps", String.valueOf(plan.steps()));
    settings.put("batch", plan.batch() + " pieces of " + plan.crop() + " x " + plan.crop());
    settings.put("learning rate", String.valueOf(plan.learningRate()));
    settings.put("seed", String.valueOf(plan.seed()));
    settings.put("engine", chosen.name());
    return settings;
  }

  private void check() {
    require(steps >= 1, "--steps", steps, "1 or more");
    require(batch >= 1, "--batch", batch, "1 or more");
    require(crop == null || crop >= 4 && crop % 4 == 0, "--crop", crop, "a multiple of 4");
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "--learning-rate",
        learningRate,
        "a number above 0");
  }

  private static void require(boolean holds, String option, @Nullable Object value, String must) {
    if (!holds) {
      throw new BadInput("train: " + option + " is " + value + ", must be " + must + ".");
    }
  }

  private List<LossSpec> specs() {
    List<String> texts =
        losses.isEmpty()
            ? List.of("dice", data.classes() == 1 ? "bce-with-logits" : "cross-entropy")
            : losses;
    return Activations.fill(texts.stream().map(LossSpec::parse).toList(), data.classes());
  }
}
