package io.lossmith.app.train;

import io.lossmith.app.workers.Alone;
import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.shard.Shard;
import io.lossmith.core.shard.Split;
import io.lossmith.losses.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Network, loss and all gradients as one program, compiled once and run on the same arrays in each
 * step.
 */
public final class TrainingStep implements AutoCloseable {
  /** This worker's part of the batch {@code [N, channels, crop, crop]}; fill it before a run. */
  public final float[] pictures;

  /** The truth of it {@code [N, 1, crop, crop]}; fill it before a run. */
  public final float[] labels;

  private final float[][] parameters;
  private final float[][] gradients;
  private final float[] loss = new float[1];
  private final float[][] inputs;
  private final float[][] outputs;
  private final Program program;

  /**
   * Compiles the step of one worker, who has the whole batch.
   *
   * @param parameters read at each run
   * @param batch the shape of the batch of pictures
   */
  public TrainingStep(UNet network, Loss loss, Engine engine, float[][] parameters, Shape batch) {
    this(network, loss, engine, parameters, batch, Shard.even(batch.get(0), Alone.WORKER));
  }

  /**
   * Compiles what one of several workers does of the step: loss and gradients are those of the
   * whole batch.
   *
   * @param parameters read at each run; the same for all workers
   * @param batch the shape of the whole batch of pictures
   * @param shard the samples of this worker
   */
  public TrainingStep(
      UNet network, Loss loss, Engine engine, float[][] parameters, Shape batch, Shard shard) {
    this.parameters = parameters;
    Shape own = batch.with(0, shard.samples());
    this.pictures = new float[own.count()];
    this.labels = new float[own.with(1, 1).count()];
    List<Shape> shapes = new ArrayList<>(List.of(batch, batch.with(1, 1)));
    network.parameters().forEach(array -> shapes.add(array.shape()));
    OutputHead head = OutputHead.of(loss, network.outputs());
    Function<List<Tensor>, List<Tensor>> step = in -> step(network, head, loss, in);
    Split split = new Split(shard, Set.of(0, 1), Set.of());
    // One worker, too: its sums are then those of several.
    this.program = Tracing.compile(engine, shapes, split, Map.of(), step);
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

  /** Returns in words what a run does. */
  public String explain() {
    return program.explain();
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
