package io.lossmith.dl4j;

import io.lossmith.losses.Compiled;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
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
    float[] gradient = new float[compiled.inputs().prediction().count()];
    double value = evaluate(batch, gradient);
    for (int at = 0; at < gradient.length; at++) {
      if (!Float.isFinite(gradient[at])) {
        throw loss.notFinite(batch, at, gradient[at]);
      }
    }
    return Pair.of(value, Nd4j.create(gradient, batch.output().shape(), 'c'));
  }

  private double evaluate(Batch batch, float @Nullable [] gradient) {
    INDArray mask = batch.mask();
    return compiled.evaluate(
        floats(batch.output()),
        floats(batch.labels()),
        mask == null ? null : floats(mask),
        gradient);
  }

  /** Copies the numbers row by row. ND4J's own ways to do it take ten times as long. */
  private static float[] floats(INDArray array) {
    INDArray cast = array.castTo(DataType.FLOAT);
    boolean plain =
        cast.offset() == 0 && cast.ordering() == 'c' && Shape.hasDefaultStridesForShape(cast);
    INDArray rows = plain ? cast : cast.dup('c');
    float[] numbers = new float[(int) rows.length()];
    rows.data().asNioFloat().get(numbers);
    Reference.reachabilityFence(rows); // its memory goes with it
    return numbers;
  }

  @Override
  public void close() {
    compiled.close();
  }
}
