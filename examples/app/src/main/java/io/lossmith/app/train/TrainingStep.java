package io.lossmith.app.train;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.losses.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Network, loss and all gradients as one program, compiled once and run on the same arrays in each
 * step.
 */
public final class TrainingStep implements AutoCloseable {
  /** The batch of pictures {@code [N, channels, crop, crop]}; fill it before a run. */
  public final float[] pictures;

  /** The truth {@code [N, 1, crop, crop]}; fill it before a run. */
  public final float[] labels;

  private final float[][] parameters;
  private final float[][] gradients;
  private final float[] loss = new float[1];
  private final float[][] inputs;
  private final float[][] outputs;
  private final Program program;

  /**
   * Compiles the step.
   *
   * @param parameters read at each run
   * @param batch the shape of the batch of pictures
   */
  public TrainingStep(UNet network, Loss loss, Engine engine, float[][] parameters, Shape batch) {
    this.parameters = parameters;
    this.pictures = new float[batch.count()];
    this.labels = new float[batch.with(1, 1).count()];
    List<Shape> shapes = new ArrayList<>(List.of(batch, batch.with(1, 1)));
    network.parameters().forEach(array -> shapes.add(array.shape()));
    OutputHead head = OutputHead.of(loss, network.outputs());
    this.program = Tracing.compile(engine, shapes, in -> step(network, head, loss, in));
    this.gradients = new float[parameters.length][];
    for (int k = 0; k < parameters.length; k++) {
      gradients[k] = new float[parameters[k].length];
    }
    this.inputs = joined(new float[][] {pictures, labels}, parameters);
    this.outputs = joined(new float[][] {this.loss}, gradients);
  }

  private static List<Tensor> step(UNet network, OutputHead head, Loss loss, List<Tensor> in) {
    List<Tensor> parameters = in.subList(2, in.size());
    Tensor value = loss.apply(head.prediction(network.apply(in.get(0), parameters)), in.get(1));
    List<Tensor> results = new ArrayList<>(List.of(value));
    results.addAll(Gradients.of(value, parameters));
    return results;
  }

  private static float[][] joined(float[][] first, float[][] second) {
    float[][] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** Computes loss and gradients of the batch as it is; returns the loss. */
  public float run() {
    program.run(inputs, outputs);
    return loss[0];
  }

  /** Returns the parameters that {@link #run} reads. */
  public float[][] parameters() {
    return parameters;
  }

  /** Returns the gradients that {@link #run} wrote. */
  public float[][] gradients() {
    return gradients;
  }

  @Override
  public void close() {
    program.close();
  }
}
