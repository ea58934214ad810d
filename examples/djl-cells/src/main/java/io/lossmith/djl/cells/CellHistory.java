package io.lossmith.djl.cells;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.Trainer;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import io.lossmith.app.data.Sample;
import io.lossmith.app.score.Measure;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.app.train.History.Validation;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Notes the loss of each step, and after each epoch how well pictures are answered. */
final class CellHistory extends TrainingListenerAdapter {
  private final List<Sample> validation;
  private final ScoredClasses scored = ScoredClasses.of(1, Set.of());
  private final List<Float> losses = new ArrayList<>();
  private final List<Validation> validations = new ArrayList<>();
  private volatile int steps; // read by who tells that the program was ended

  CellHistory(List<Sample> validation) {
    this.validation = validation;
  }

  @Override
  public void onTrainingBatch(Trainer trainer, BatchData batchData) {
    losses.add(trainer.getLoss().getAccumulator(EvaluatorTrainingListener.TRAIN_ALL));
    steps = losses.size();
  }

  @Override
  public void onEpoch(Trainer trainer) {
    ConfusionTable counts = ConfusionTable.none(scored.classes());
    for (Sample sample : validation) {
      counts = counts.plus(scored.table(classes(trainer, sample), sample.mask()));
    }
    validations.add(new Validation(losses.size(), counts.pooled()));
  }

  /** Returns the class that the network gives to each pixel. */
  static byte[] classes(Trainer trainer, Sample sample) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray picture = CellArrays.pictures(manager, List.of(sample));
      NDArray answer = trainer.evaluate(new NDList(picture)).singletonOrThrow();
      return answer.argMax(1).toType(DataType.UINT8, false).toByteArray();
    }
  }

  ScoredClasses scored() {
    return scored;
  }

  int steps() {
    return steps;
  }

  float[] losses() {
    float[] all = new float[losses.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = losses.get(i);
    }
    return all;
  }

  List<Validation> validations() {
    return List.copyOf(validations);
  }

  /** Returns the newest Dice score of the cells. */
  double dice() {
    return Measure.DICE.of(validations.get(validations.size() - 1).counts());
  }
}
