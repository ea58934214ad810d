package io.lossmith.app.bench;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.DeepSupervision;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.KeptTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A {@link Work} with its arrays, compiled and ready to run.
 *
 * @param run computes value and gradient once
 * @param moved how many bytes a run reads and writes, by the plan; 0 where it is not known
 * @param onClose gives back what the runs hold
 */
record CatalogueRun(Runnable run, long moved, Runnable onClose) implements AutoCloseable {
  static CatalogueRun of(Work work, Engine engine) {
    if (work.levels() > 1) {
      return levels(work, (DeepSupervision) work.build(), engine);
    }
    float[] prediction = WorkData.prediction(work);
    float[] target = WorkData.target(work);
    float[] gradient = new float[prediction.length];
    Compiled compiled =
        work.build().compile(InputShapes.of(work.shape(), work.targetShape()), engine);
    if (work.kept()) {
      KeptTarget kept = compiled.keep(target, null);
      Runnable close =
          () -> {
            kept.close();
            compiled.close();
          };
      return new CatalogueRun(() -> kept.evaluate(prediction, gradient), 0, close);
    }
    return new CatalogueRun(
        () -> compiled.evaluate(prediction, target, null, gradient),
        Traffic.of(compiled.explain()),
        compiled::close);
  }

  /** Predictions of several sizes, as a program of one's own takes them. */
  private static CatalogueRun levels(Work work, DeepSupervision loss, Engine engine) {
    int levels = work.levels();
    List<Work> each = IntStream.range(0, levels).mapToObj(work::level).toList();
    List<Shape> shapes = new ArrayList<>(each.stream().map(Work::shape).toList());
    shapes.add(work.targetShape());
    List<float[]> inputs = new ArrayList<>(each.stream().map(WorkData::prediction).toList());
    inputs.add(WorkData.target(work));
    List<float[]> outputs = new ArrayList<>(List.of(new float[1]));
    each.forEach(level -> outputs.add(new float[level.shape().count()]));
    float[][] in = inputs.toArray(float[][]::new);
    float[][] out = outputs.toArray(float[][]::new);
    Program program =
        Tracing.compile(
            engine,
            shapes,
            given -> {
              List<Tensor> predictions = given.subList(0, levels);
              Tensor value = loss.apply(predictions, given.get(levels));
              List<Tensor> results = new ArrayList<>(List.of(value));
              results.addAll(Gradients.of(value, predictions));
              return results;
            });
    return new CatalogueRun(
        () -> program.run(in, out), Traffic.of(program.explain()), program::close);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
