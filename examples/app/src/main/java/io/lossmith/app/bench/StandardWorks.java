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
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The six works that versions, Javas and peers are compared by, one after the other. */
record StandardWorks(Engine engine) {
  private static final Loss BINARY = BinaryCrossEntropyWithLogits.create().plus(Dice.sigmoid());
  private static final Loss CLASSES = CrossEntropy.create().plus(Dice.softmax());

  /**
   * A work that is ready to run.
   *
   * @param name of what is computed
   * @param shape of the prediction, or of the batch of pictures
   * @param moved how many bytes a run reads and writes, by the plan; 0 where it is not known
   * @param run computes value and gradient once
   */
  record Ready(String name, Shape shape, long moved, Runnable run) {}

  /** Hands over each work, which is closed afterwards. */
  void forEach(Consumer<Ready> each) {
    for (Shape shape :
        List.of(Shape.of(8, 1, 512, 512), Shape.of(1, 1, 512, 512), Shape.of(1, 1, 64, 64))) {
      loss("bce-with-logits + dice", BINARY, shape, 2, each);
    }
    for (Shape shape : List.of(Shape.of(4, 8, 256, 256), Shape.of(2, 21, 512, 512))) {
      loss("cross-entropy + dice, class indices", CLASSES, shape, shape.get(1), each);
    }
    trainingStep(Shape.of(8, 1, 128, 128), each);
  }

  private void loss(String name, Loss loss, Shape shape, int labels, Consumer<Ready> each) {
    Shape target = shape.with(1, 1);
    float[] prediction = logits(shape.count());
    float[] truth = labels(target.count(), labels);
    float[] gradient = new float[shape.count()];
    try (Compiled compiled = loss.compile(InputShapes.of(shape, target), engine)) {
      Runnable run = () -> compiled.evaluate(prediction, truth, null, gradient);
      each.accept(new Ready(name, shape, Traffic.of(compiled.explain()), run));
    }
  }

  /** Forward, backward; Adam's few thousand numbers are left out. */
  private void trainingStep(Shape batch, Consumer<Ready> each) {
    UNet network = new UNet(batch.get(1), 1);
    try (TrainingStep step = new TrainingStep(network, BINARY, engine, network.initial(1), batch)) {
      System.arraycopy(logits(batch.count()), 0, step.pictures, 0, batch.count());
      System.arraycopy(labels(batch.count(), 2), 0, step.labels, 0, batch.count());
      each.accept(new Ready("training step of the U-Net", batch, 0, step::run));
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
