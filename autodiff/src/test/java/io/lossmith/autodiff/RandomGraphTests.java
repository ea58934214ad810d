package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Gradients of functions put together at random are those of finite differences. */
class RandomGraphTests {
  /** Smooth operations that keep the shape [2, 3]. */
  private static final List<Function<Tensor, Tensor>> SMOOTH =
      List.of(
          Tensor::sigmoid,
          Tensor::tanh,
          Tensor::softplus,
          Tensor::atan,
          x -> x.square().plus(1).sqrt(),
          x -> x.square().plus(1).log(),
          x -> x.square().plus(1).reciprocal(),
          x -> x.times(0.5).tanh().exp(),
          x -> x.softmax(1),
          x -> x.logSoftmax(0),
          x -> x.minus(x.meanKeep(1)),
          x -> x.times(x.sumKeep(0).tanh()),
          x -> x.logSumExp(1).unsqueeze(1).minus(x),
          x -> x.permute(1, 0).reshape(2, 3),
          x -> x.flip(1),
          x -> Tensor.concat(1, x.slice(1, 1, 3), x.slice(1, 0, 1)),
          x -> x.slice(0, 1, 2).pad(new int[] {1, 0}, new int[] {0, 0}).plus(x),
          x -> x.get(0).plus(x),
          x -> x.matmul(x.permute(1, 0)).tanh().matmul(x),
          x -> x.sum().times(0.1).tanh().plus(x));

  private static Tensor build(List<Tensor> inputs, long seed) {
    Random random = new Random(seed);
    List<Tensor> made = new ArrayList<>(inputs);
    int size = 1 + random.nextInt(8);
    for (int i = 0; i < size; i++) {
      Tensor a = made.get(random.nextInt(made.size()));
      Tensor b = made.get(random.nextInt(made.size()));
      int kind = random.nextInt(SMOOTH.size() + 4);
      made.add(
          kind == 0
              ? a.times(b).tanh()
              : kind == 1
                  ? a.plus(b)
                  : kind == 2
                      ? a.minus(b)
                      : kind == 3 ? a.div(b.square().plus(1)) : wide(SMOOTH.get(kind - 4), a));
    }
    return made.get(made.size() - 1);
  }

  private static Tensor wide(Function<Tensor, Tensor> f, Tensor x) {
    return f.apply(x.broadcastTo(2, 3));
  }

  private static Tensor[] inputs(long seed) {
    Random random = new Random(~seed);
    int[][] shapes = {{2, 3}, {3}, {2, 1}, {}};
    Tensor[] inputs = new Tensor[1 + random.nextInt(3)];
    for (int i = 0; i < inputs.length; i++) {
      int[] shape = shapes[random.nextInt(shapes.length)];
      float[] values = new float[io.lossmith.core.Shape.of(shape).count()];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) (random.nextDouble() * 2 - 1);
      }
      inputs[i] = Tensor.wrap(values, shape);
    }
    return inputs;
  }

  @Property(tries = 150)
  void gradientsEqualFiniteDifferences(@ForAll long seed) {
    GradientCheck check = GradientCheck.of(a -> build(a, seed)).withSeed(seed);
    check.withTolerance(1e-4).first(inputs(seed));
    check.withTolerance(1e-3).second(inputs(seed));
  }

  @Property(tries = 60)
  void enginesAgreeOnValuesAndGradients(@ForAll long seed) {
    Tensor[] inputs = inputs(seed);
    List<io.lossmith.core.Shape> shapes = new ArrayList<>();
    float[][] arrays = new float[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      shapes.add(inputs[i].shape());
      arrays[i] = inputs[i].toArray();
    }
    float[][][] results = new float[2][][];
    String[] engines = {Engines.defaultEngine().name(), "reference"};
    for (int e = 0; e < 2; e++) {
      try (Program program =
          Tracing.compile(
              Engines.byName(engines[e]),
              shapes,
              a -> {
                Tensor y = build(a, seed);
                List<Tensor> all = new ArrayList<>(List.of(y.sum()));
                all.addAll(Gradients.of(y, a));
                return all;
              })) {
        results[e] = new float[inputs.length + 1][];
        results[e][0] = new float[1];
        for (int i = 0; i < inputs.length; i++) {
          results[e][i + 1] = new float[arrays[i].length];
        }
        program.run(arrays, results[e]);
      }
    }
    for (int i = 0; i < results[0].length; i++) {
      for (int j = 0; j < results[0][i].length; j++) {
        float must = results[1][i][j];
        assertThat(results[0][i][j])
            .isCloseTo(
                must, org.assertj.core.data.Offset.offset(1e-4f * Math.max(1, Math.abs(must))));
      }
    }
  }
}
