package io.lossmith.app.bench;

import io.lossmith.app.train.TrainingStep;
import io.lossmith.app.train.UNet;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The work that the project measures itself by, always value and gradient. */
public final class Bench {
  /** Works whose arrays are in memory together. */
  private static final int TOGETHER = 10;

  private final Engine engine;
  private final double seconds;

  /**
   * Makes the benchmarks.
   *
   * @param seconds to measure, each, once it is warm
   */
  public Bench(Engine engine, double seconds) {
    this.engine = engine;
    this.seconds = seconds;
  }

  /**
   * A measured piece of work.
   *
   * @param work what is computed
   * @param shape of the prediction, or of the batch of pictures
   * @param measured how it went
   * @param moved how many bytes a run reads and writes, by the plan; 0 where it is not known
   */
  public record Row(String work, Shape shape, Measurement measured, long moved) {}

  /** Measures everything, handing over each row as it comes. */
  public void run(Consumer<Row> each) {
    Loss binary = BinaryCrossEntropyWithLogits.create().plus(Dice.sigmoid());
    Loss classes = CrossEntropy.create().plus(Dice.softmax());
    for (Shape shape :
        List.of(Shape.of(8, 1, 512, 512), Shape.of(1, 1, 512, 512), Shape.of(1, 1, 64, 64))) {
      each.accept(loss("bce-with-logits + dice", binary, shape, 2));
    }
    for (Shape shape : List.of(Shape.of(4, 8, 256, 256), Shape.of(2, 21, 512, 512))) {
      each.accept(loss("cross-entropy + dice, class indices", classes, shape, shape.get(1)));
    }
    each.accept(trainingStep(binary, Shape.of(8, 1, 128, 128)));
  }

  /**
   * Measures the losses of the catalogue, each at a few shapes and in two moments some time apart,
   * of which the faster counts: other work on the computer slows some moments down.
   *
   * @param only measures those alone whose name in the table begins like this
   */
  public void runCatalogue(String only, Consumer<Row> each) {
    List<Work> works = Work.all().stream().filter(work -> work.name().startsWith(only)).toList();
    for (int from = 0; from < works.size(); from += TOGETHER) {
      runTogether(works.subList(from, Math.min(works.size(), from + TOGETHER)), each);
    }
  }

  private void runTogether(List<Work> works, Consumer<Row> each) {
    List<CatalogueRun> runs = new ArrayList<>();
    try {
      List<Measurement> measured = new ArrayList<>();
      for (Work work : works) {
        CatalogueRun run = CatalogueRun.of(work, engine);
        runs.add(run);
        measured.add(Measurement.of(seconds, run.run()));
      }
      for (int i = 0; i < runs.size(); i++) {
        CatalogueRun run = runs.get(i);
        Measurement twice = measured.get(i).again(seconds, run.run());
        Work work = works.get(i);
        each.accept(new Row(work.name(), work.shape(), twice, run.moved()));
      }
    } finally {
      runs.forEach(CatalogueRun::close);
    }
  }

  private Row loss(String work, Loss loss, Shape shape, int labels) {
    Shape target = shape.with(1, 1);
    float[] prediction = logits(shape.count());
    float[] truth = labels(target.count(), labels);
    float[] gradient = new float[shape.count()];
    try (Compiled compiled = loss.compile(InputShapes.of(shape, target), engine)) {
      Measurement measured =
          Measurement.of(seconds, () -> compiled.evaluate(prediction, truth, null, gradient));
      return new Row(work, shape, measured, Traffic.of(compiled.explain()));
    }
  }

  /** Forward, backward; Adam's few thousand numbers are left out. */
  private Row trainingStep(Loss loss, Shape batch) {
    UNet network = new UNet(batch.get(1), 1);
    try (TrainingStep step = new TrainingStep(network, loss, engine, network.initial(1), batch)) {
      System.arraycopy(logits(batch.count()), 0, step.pictures, 0, batch.count());
      System.arraycopy(labels(batch.count(), 2), 0, step.labels, 0, batch.count());
      return new Row("training step of the U-Net", batch, Measurement.of(seconds, step::run), 0);
    }
  }

  private static float[] logits(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-4, 4);
    }
    return values;
  }

  private static float[] labels(int count, int labels) {
    SplittableRandom random = new SplittableRandom(2);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(labels);
    }
    return values;
  }
}
