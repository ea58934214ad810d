package io.lossmith.dl4j.cells;

import io.lossmith.app.data.CropSampler;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.score.Measure;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.dl4j.LossmithLossFunction;
import io.lossmith.losses.WeightedSum;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network and the pictures that it learns from. */
final class CellTraining {
  static final ScoredClasses SCORED = ScoredClasses.of(1, Set.of());

  private static final int BATCH = 4;
  private static final int CROP = 32; // pixels a side of what it learns from
  private static final int SIDE = 96; // and of whole pictures

  private final DataSet cells;
  private final CropSampler crops;
  private final ComputationGraph network;
  private final float[] pictures = new float[BATCH * CROP * CROP];
  private final float[] labels = new float[BATCH * CROP * CROP];

  CellTraining(long seed) {
    cells = SyntheticCells.make(24, 6, SIDE, seed);
    crops = new CropSampler(cells.training().all(), CROP, seed);
    LossmithLossFunction loss = LossmithLossFunction.of(WeightedSum.diceBce(), 1, CROP, CROP);
    network = new ComputationGraph(CellGraph.of(loss, CROP, seed));
    network.init();
  }

  List<Sample> validation() {
    return cells.validation().all();
  }

  /** Takes one step; returns the loss before it. */
  float step(int number) {
    crops.startStep(number);
    crops.fill(pictures, labels);
    network.fit(
        new org.nd4j.linalg.dataset.DataSet(
            pictures(pictures, BATCH, CROP, CROP), pictures(labels, BATCH, CROP, CROP)));
    return (float) network.score();
  }

  /** Returns the mean Dice of the pictures that it did not learn from. */
  double dice() {
    ConfusionTable all = ConfusionTable.none(SCORED.classes());
    for (Sample sample : validation()) {
      all = all.plus(SCORED.table(predict(sample.picture()), sample.mask()));
    }
    return Measure.DICE.of(all.pooled());
  }

  /** Returns for each pixel of a picture of any even size whether it is a cell, 1 or 0. */
  byte[] predict(Picture picture) {
    INDArray input = pictures(picture.values(), 1, picture.height(), picture.width());
    float[] logits = network.outputSingle(input).dup('c').data().asFloat();
    byte[] predicted = new byte[logits.length];
    for (int pixel = 0; pixel < logits.length; pixel++) {
      predicted[pixel] = (byte) (logits[pixel] >= 0 ? 1 : 0);
    }
    return predicted;
  }

  private static INDArray pictures(float[] values, int count, int height, int width) {
    return Nd4j.create(values, new long[] {count, 1, height, width}, 'c');
  }
}
