package io.lossmith.dl4j;

import io.lossmith.losses.Compiled;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** The loss in float, on the default engine: one fused program. */
final class FloatLoss implements BatchLoss {
  private final RowsLoss loss;
  private final Compiled compiled;

  FloatLoss(RowsLoss loss, boolean masked) {
    this.loss = loss;
    this.compiled = loss.compile(loss.shapes(masked));
  }

  @Override
  public double value(Batch batch) {
    return evaluate(batch, null);
  }

  @Override
  public Pair<Double, INDArray> valueAndGradient(Batch batch) {
    INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, batch.output().shape(), 'c');
    double value = evaluate(batch, gradient);
    FloatBuffer slopes = numbers(gradient);
    for (int at = 0; at < slopes.limit(); at++) {
      if (!Float.isFinite(slopes.get(at))) {
        throw loss.notFinite(batch, at, slopes.get(at));
      }
    }
    Nd4j.getAffinityManager().tagLocation(gradient, AffinityManager.Location.HOST);
    return Pair.of(value, gradient);
  }

  /** Runs the program on ND4J's own memory, which lives as long as the arrays that it is of. */
  private double evaluate(Batch batch, @Nullable INDArray gradient) {
    INDArray output = rows(batch.output());
    INDArray labels = rows(batch.labels());
    INDArray mask = batch.mask() == null ? null : rows(batch.mask());
    try {
      return compiled.evaluate(
          numbers(output),
          numbers(labels),
          mask == null ? null : numbers(mask),
          gradient == null ? null : numbers(gradient));
    } finally {
      Reference.reachabilityFence(output);
      Reference.reachabilityFence(labels);
      Reference.reachabilityFence(mask);
    }
  }

  /** Returns an array as floats that lie row by row; itself, if they do. */
  private static INDArray rows(INDArray array) {
    INDArray floats = array.castTo(DataType.FLOAT);
    boolean plain =
        floats.offset() == 0 && floats.ordering() == 'c' && Shape.hasDefaultStridesForShape(floats);
    return plain ? floats : floats.dup('c');
  }

  private static FloatBuffer numbers(INDArray rows) {
    return rows.data().asNioFloat().limit((int) rows.length());
  }

  @Override
  public void close() {
    compiled.close();
  }
}
