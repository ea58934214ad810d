package io.lossmith.app.report;

import io.lossmith.app.data.Sample;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.Json;
import io.lossmith.app.model.Model;
import io.lossmith.app.score.Measure;
import io.lossmith.app.train.Figure;
import io.lossmith.app.train.History;
import io.lossmith.app.train.Snapshot;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What training leaves in its folder. */
public final class TrainingOutput {
  /** What the model is called in its folder. */
  public static final String MODEL = "model.npz";

  /** What the best model is called there, where it is kept. */
  static final String BEST = "best.npz";

  /** What the table of steps is called there. */
  static final String STEPS = "steps.csv";

  private static final int MOST_OVERLAYS = 16;

  private final Path folder;
  private final TrainingPlan plan;
  private final String loss;
  private final String engine;
  private final Map<String, Object> options;
  private final RunFacts facts;

  /** Makes the output; nothing is written yet. The model file names the {@code options}. */
  public TrainingOutput(
      Path folder,
      TrainingPlan plan,
      String loss,
      String engine,
      Map<String, Object> options,
      RunFacts facts) {
    this.folder = folder;
    this.plan = plan;
    this.loss = loss;
    this.engine = engine;
    this.options = options;
    this.facts = facts;
  }

  /** Returns whether the best model is kept beside the last. */
  public boolean keepsBest() {
    return facts.keepsBest();
  }

  /** Makes the folders, so that hours of training cannot end at one that cannot be written to. */
  public void prepare() {
    AtomicFile.requireWritableFolder(folder);
    AtomicFile.requireWritableFolder(folder.resolve("overlays"));
    AtomicFile.removeLeftovers(folder.resolve("overlays"));
  }

  /**
   * Writes everything, models first, for which the rest is pictures, and {@code metrics.json} last;
   * returns the names of what was written.
   */
  public List<String> write(Trainer trainer, double seconds) {
    List<String> models = writeModels(trainer);
    History history = trainer.history();
    List<Sample> validation = trainer.data().validation().all();
    StepTable.write(folder.resolve(STEPS), history);
    List<Sample> shown = validation.subList(0, Math.min(MOST_OVERLAYS, validation.size()));
    int outputs = trainer.network().outputs();
    SurfaceScores surfaces = new SurfaceScores(trainer.scored());
    OwnPng.removeAll(folder.resolve("overlays")); // an earlier training's would pass for these
    for (int i = 0; i < validation.size(); i++) {
      Sample sample = validation.get(i);
      byte[] predicted = trainer.predictor().classes(sample.picture());
      surfaces.add(predicted, sample.mask());
      if (i < shown.size()) {
        Path file = AtomicFile.within(folder.resolve("overlays"), sample.name() + ".png");
        Overlay.write(file, sample, predicted, outputs, trainer.scored());
      }
    }
    Curves.loss(folder.resolve("loss.png"), history.of(Figure.LOSS), loss);
    Curves.scores(folder.resolve("dice.png"), history.validations(), history.steps());
    IndexPage.write(
        folder.resolve("index.html"),
        facts,
        new Results(
            history.latest().counts(),
            surfaces,
            outputs,
            shown.stream().map(Sample::name).toList(),
            validation.size(),
            Outcome.sentences(trainer, plan, facts.keepsBest())));
    Map<String, Object> metrics = metrics(trainer, surfaces, seconds);
    AtomicFile.write(
        folder.resolve("metrics.json"),
        out -> out.write(Json.writePretty(metrics).getBytes(StandardCharsets.UTF_8)));
    List<String> written =
        new ArrayList<>(
            List.of("index.html", "overlays (" + shown.size() + ")", "loss.png", "dice.png"));
    written.addAll(models);
    written.addAll(List.of(STEPS, "metrics.json"));
    return written;
  }

  /** Writes the model, and the best one if it is wanted; returns their names. */
  private List<String> writeModels(Trainer trainer) {
    boolean replaces = Files.exists(folder.resolve(MODEL));
    write(trainer, trainer.last(), MODEL);
    if (facts.keepsBest()) {
      write(trainer, trainer.best(), BEST);
      return List.of(MODEL, BEST);
    }
    if (replaces) {
      AtomicFile.delete(folder.resolve(BEST)); // it would be taken for the best of this training
    }
    return List.of(MODEL);
  }

  private void write(Trainer trainer, Snapshot learned, String name) {
    Model.of(trainer, learned, plan, loss, options).write(folder.resolve(name));
  }

  private Map<String, Object> metrics(Trainer trainer, SurfaceScores surfaces, double seconds) {
    ConfusionTable counts = trainer.history().latest().counts();
    Map<String, Object> validation = measured(measure -> measure.of(counts));
    surfaces.hausdorff95().ifPresent(value -> validation.put("hausdorff95", value));
    surfaces.averageDistance().ifPresent(value -> validation.put("surfaceDistance", value));
    if (trainer.network().outputs() > 1) {
      List<Object> classes = new ArrayList<>();
      for (int label = 0; label < counts.classes(); label++) {
        ConfusionCounts one = counts.total(label);
        classes.add(measured(measure -> measure.of(one)));
      }
      validation.put("classes", classes);
    }
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("validation", validation);
    metrics.put("steps", trainer.history().steps());
    metrics.put("seconds", seconds);
    metrics.put("engine", engine);
    metrics.putAll(Outcome.values(trainer, facts.keepsBest()));
    if (!facts.classWeights().isEmpty()) {
      metrics.put("classWeights", facts.classWeights());
    }
    return metrics;
  }

  /** What says nothing is left out. */
  private static Map<String, Object> measured(ToDoubleFunction<Measure> values) {
    Map<String, Object> measured = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      double value = values.applyAsDouble(measure);
      if (!Double.isNaN(value)) {
        measured.put(measure.key(), value);
      }
    }
    return measured;
  }
}
