package io.lossmith.dl4j;

import io.lossmith.autodiff.DoubleEvaluation;
import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.losses.InputShapes;
import java.util.List;
import java.util.function.Function;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The loss in double, by the reference formulas: slow, and as exact as gradient checks want it. */
final class DoubleLoss implements BatchLoss {
  private final RowsLoss loss;
  private final DoubleEvaluation value;
  private final DoubleEvaluation valueAndGradient;

  DoubleLoss(RowsLoss loss, boolean masked) {
    this.loss = loss;
    InputShapes shapes = loss.shapes(masked);
    Shape mask = shapes.mask();
    List<Shape> inputs =
        mask == null
            ? List.of(shapes.prediction(), shapes.target())
            : List.of(shapes.prediction(), shapes.target(), mask);
    Function<List<Tensor>, Tensor> formula =
        in -> loss.apply(in.get(0), in.get(1), in.size() == 2 ? null : in.get(2));
    this.value = DoubleEvaluation.of(inputs, in -> List.of(formula.apply(in)));
    this.valueAndGradient =
        DoubleEvaluation.of(
            inputs,
            in -> {
              Tensor result = formula.apply(in);
              return List.of(result, Gradients.of(result, in.get(0)));
            });
  }

  @Override
  public double value(Batch batch) {
    return value.run(inputs(batch))[0][0];
  }

  @Override
  public Pair<Double, INDArray> valueAndGradient(Batch batch) {
    double[][] results = valueAndGradient.run(inputs(batch));
    double[] gradient = results[1];
    for (int at = 0; at < gradient.length; at++) {
      if (!Double.isFinite(gradient[at])) {
        throw loss.notFinite(batch, at, gradient[at]);
      }
    }
    return Pair.of(results[0][0], Nd4j.create(gradient, batch.output().shape(), 'c'));
  }

  private static double[][] inputs(Batch batch) {
    INDArray mask = batch.mask();
    return mask == null
        ? new double[][] {doubles(batch.output()), doubles(batch.labels())}
        : new double[][] {doubles(batch.output()), doubles(batch.labels()), doubles(mask)};
  }

  private static double[] doubles(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
