package io.lossmith.djl.cells;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.SaveModelTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.lossmith.app.cli.Interruption;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.report.Curves;
import io.lossmith.app.report.Overlay;
import io.lossmith.djl.LabelKind;
import io.lossmith.djl.LossmithLoss;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A training with DJL, as its users write it, but for the loss.
 *
 * @param epochs how often all pictures are learned from
 * @param pictures how many to learn from; a third as many more to measure on
 * @param size of a side of a picture, a multiple of 4
 * @param seed start of all that is random
 */
record DjlTraining(int epochs, int pictures, int size, int seed) {
  static final int CLASSES = 2;
  static final int BATCH = 8;
  static final int FEATURES = 8;
  static final int DEPTH = 2;
  static final float LEARNING_RATE = 0.005f;
  private static final int MOST_OVERLAYS = 8;

  /** The loss, over logits of two classes and the class of each pixel. */
  static Loss loss() {
    return Dice.softmax().plus(CrossEntropy.create());
  }

  /**
   * Trains, and leaves curves, overlays and the model of each epoch in a folder.
   *
   * @throws io.lossmith.app.io.BadInput if it cannot be written to
   */
  CellHistory run(Engine engine, Path folder) throws IOException, TranslateException {
    AtomicFile.requireWritableFolder(folder);
    engine.setRandomSeed(seed);
    DataSet cells = SyntheticCells.make(pictures, Math.max(1, pictures / 3), size, seed);
    CellHistory history = new CellHistory(cells.validation().all());
    try (Model model = Model.newInstance("cells", Device.cpu(), engine.getEngineName());
        LossmithLoss loss = new LossmithLoss(loss(), LabelKind.CLASS_INDICES, 1);
        Interruption watch = watch(history, folder)) {
      model.setBlock(SmallUNet.of(CLASSES, FEATURES, DEPTH));
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(loss)
              .optOptimizer(
                  Optimizer.adam().optLearningRateTracker(Tracker.fixed(LEARNING_RATE)).build())
              .optDevices(new Device[] {Device.cpu()})
              .addTrainingListeners(TrainingListener.Defaults.logging()) // with the progress bar
              .addTrainingListeners(
                  history, new SaveModelTrainingListener(folder.toString(), "cells", 1));
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.setMetrics(new Metrics());
        trainer.initialize(new Shape(BATCH, 1, size, size));
        ArrayDataset training =
            CellArrays.dataset(trainer.getManager(), cells.training().all(), BATCH, true);
        ArrayDataset validation =
            CellArrays.dataset(trainer.getManager(), cells.validation().all(), BATCH, false);
        EasyTrain.fit(trainer, epochs, training, validation);
        draw(folder, history, trainer, cells.validation().all());
      }
    }
    return history;
  }

  private static void draw(
      Path folder, CellHistory history, Trainer trainer, List<Sample> validation) {
    Curves.loss(folder.resolve("loss.png"), history.losses(), "Dice + cross entropy");
    Curves.scores(folder.resolve("dice.png"), history.validations(), history.steps());
    Path overlays = folder.resolve("overlays");
    AtomicFile.requireWritableFolder(overlays);
    for (Sample sample : validation.subList(0, Math.min(MOST_OVERLAYS, validation.size()))) {
      Path file = overlays.resolve(sample.name() + ".png");
      Overlay.write(file, sample, CellHistory.classes(trainer, sample), 1, history.scored());
    }
  }

  private static Interruption watch(CellHistory history, Path folder) {
    return new Interruption(
        System.out::println, // ends the line of the progress bar
        () ->
            "stopped after "
                + history.steps()
                + " steps; the model of the last whole epoch, if any, is in "
                + folder);
  }
}
