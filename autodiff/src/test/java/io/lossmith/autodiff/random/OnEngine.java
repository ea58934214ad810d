package io.lossmith.autodiff.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Traced;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** One function of tensors with its numbers, to be run on several engines. */
record OnEngine(List<Shape> shapes, float[][] inputs, Function<List<Tensor>, List<Tensor>> f) {
  /** Takes even numbers from 0 to 1, other ones for each input. */
  static OnEngine of(Function<List<Tensor>, List<Tensor>> f, int[]... sizes) {
    return with(Random::nextFloat, f, sizes);
  }

  /** Takes numbers of a normal distribution, other ones for each input. */
  static OnEngine normal(Function<List<Tensor>, List<Tensor>> f, int[]... sizes) {
    return with(random -> (float) random.nextGaussian(), f, sizes);
  }

  private static OnEngine with(
      Function<Random, Float> number, Function<List<Tensor>, List<Tensor>> f, int[]... sizes) {
    List<Shape> shapes = new ArrayList<>();
    float[][] inputs = new float[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      Random random = new Random(3 + i);
      shapes.add(Shape.of(sizes[i]));
      inputs[i] = new float[shapes.get(i).count()];
      for (int at = 0; at < inputs[i].length; at++) {
        inputs[i][at] = number.apply(random);
      }
    }
    return new OnEngine(shapes, inputs, f);
  }

  /** Returns what the reference gives. */
  float[][] reference() {
    return on(Engines.byName("reference"));
  }

  /**
   * Fails where an engine's outputs are off by more than this part of the largest value of each.
   */
  void requireReference(Engine engine, double part) {
    float[][] must = reference();
    float[][] is = on(engine);
    for (int k = 0; k < must.length; k++) {
      double scale = 0;
      for (float value : must[k]) {
        scale = Math.max(scale, Math.abs(value));
      }
      assertThat(scale).as("output %d", k).isPositive();
      for (int i = 0; i < must[k].length; i++) {
        if (!(Math.abs(is[k][i] - must[k][i]) <= part * scale)) {
          fail("output %d at %d is %s, must be %s", k, i, is[k][i], must[k][i]);
        }
      }
    }
  }

  /** Returns what an engine gives. */
  float[][] on(Engine engine) {
    Traced traced = Traced.of(shapes, f);
    List<float[]> all = new ArrayList<>(List.of(inputs));
    all.addAll(traced.data());
    float[][] outputs =
        traced.graph().outputs().stream()
            .map(node -> new float[node.shape().count()])
            .toArray(float[][]::new);
    try (Program program = engine.compile(traced.graph())) {
      program.run(all.toArray(float[][]::new), outputs);
    }
    return outputs;
  }
}
