package io.lossmith.autodiff.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTests {
  private static final Adam ADAM = Adam.of(0.03);
  private static final Sgd MOMENTUM = Sgd.of(0.05).withMomentum(0.9);

  /** The cases of make_optimizers.py. */
  private static final Map<String, UpdateRule> CASES =
      Map.ofEntries(
          Map.entry("adam", ADAM),
          Map.entry("adam-betas", ADAM.withBetas(0.5, 0.75).withEpsilon(1e-3)),
          Map.entry("adam-w", ADAM.withDecoupledWeightDecay(0.1)),
          Map.entry("adam-clipped", ADAM.withMaxNorm(1.5)),
          Map.entry("adam-cosine", Adam.of(LearningRate.cosine(0.1, Torch.STEPS, 0.01))),
          Map.entry("sgd", Sgd.of(0.05)),
          Map.entry("sgd-momentum", MOMENTUM),
          Map.entry("sgd-nesterov", Sgd.of(0.05).withNesterovMomentum(0.9)),
          Map.entry("sgd-decay", MOMENTUM.withWeightDecay(0.1)),
          Map.entry("sgd-clipped", MOMENTUM.withMaxNorm(1.5)),
          Map.entry("sgd-plateau", Sgd.of(LearningRate.plateau(0.1).withPatience(2))));

  static Stream<String> cases() {
    return CASES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fiftyStepsEndWhereThoseOfTorchDo(String name) {
    List<Torch.Line> wanted =
        Torch.lines("optimizers.txt").filter(line -> line.name().equals(name)).toList();
    assertThat(wanted).hasSize(7);
    float[][] x = Torch.start();
    try (Optimizer optimizer = CASES.get(name).over(x)) {
      for (Torch.Line torch : wanted) {
        double[] numbers = torch.numbers();
        take(optimizer, (int) numbers[0]);
        int first = numbers.length - Torch.SIZES[0] - Torch.SIZES[1];
        if (first == 2) {
          assertThat(optimizer.gradientNorm()).isCloseTo(numbers[1], within(1e-6 * numbers[1]));
        }
        double[] is = Arrays.stream(x).flatMapToDouble(OptimizerTests::doubles).toArray();
        assertThat(is)
            .as("after %d steps", optimizer.steps())
            .containsExactly(Arrays.copyOfRange(numbers, first, numbers.length), within(3e-6));
      }
      assertThat(optimizer.steps()).isEqualTo(Torch.STEPS);
    }
  }

  @Test
  void allThatTorchWasAskedIsCompared() {
    assertThat(Torch.lines("optimizers.txt").map(Torch.Line::name).distinct())
        .containsExactlyInAnyOrderElementsOf(CASES.keySet());
  }

  private static DoubleStream doubles(float[] array) {
    return IntStream.range(0, array.length).mapToDouble(i -> array[i]);
  }

  /** Takes the steps that are left up to this one. */
  private static void take(Optimizer optimizer, int last) {
    for (int step = optimizer.steps() + 1; step <= last; step++) {
      optimizer.step(Torch.gradients(step));
      optimizer.scored(Torch.score(step));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsRestoredGoesOnToTheBit(String name) throws IOException, ClassNotFoundException {
    float[][] straight = Torch.start();
    float[][] resumed;
    Optimizer.State state;
    try (Optimizer first = CASES.get(name).over(straight)) {
      take(first, 23);
      resumed = Arrays.stream(straight).map(float[]::clone).toArray(float[][]::new);
      state = throughAFile(first.state());
      take(first, Torch.STEPS);
      try (Optimizer second = CASES.get(name).over(resumed)) {
        second.restore(state);
        take(second, Torch.STEPS);
        assertThat(second.learningRate()).isEqualTo(first.learningRate());
        assertThat(second.state().rate()).isEqualTo(first.state().rate());
        first
            .state()
            .moments()
            .forEach((n, all) -> assertThat(second.state().moments().get(n)).isDeepEqualTo(all));
      }
    }
    assertThat(resumed).isDeepEqualTo(straight);
  }

  private static Optimizer.State throughAFile(Optimizer.State state)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Optimizer.State) in.readObject();
    }
  }

  /** Adam as a loop: float by float, each operation rounded. */
  @Test
  void aStepHasTheBitsOfAPlainLoop() {
    SplittableRandom random = new SplittableRandom(5);
    int[] sizes = {7, 3000, 1, 20_001, 216, 1024, 16};
    float[][] x = normal(random, sizes, 0.3);
    float[][] loop = Arrays.stream(x).map(float[]::clone).toArray(float[][]::new);
    float[][] m = normal(random, sizes, 0);
    float[][] v = normal(random, sizes, 0);
    try (Optimizer adam = Adam.of(0.003).over(x)) {
      for (int step = 1; step <= 200; step++) {
        float[][] g = normal(random, sizes, Math.pow(10, -step % 7));
        adam.step(g);
        float pace = (float) (0.003 / (1 - Math.pow(0.9, step)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(0.999, step)));
        for (int k = 0; k < x.length; k++) {
          for (int i = 0; i < x[k].length; i++) {
            m[k][i] = 0.9f * m[k][i] + (float) (1 - 0.9) * g[k][i];
            v[k][i] = 0.999f * v[k][i] + (float) (1 - 0.999) * g[k][i] * g[k][i];
            loop[k][i] -= pace * m[k][i] / ((float) Math.sqrt(v[k][i]) * correction + 1e-8f);
          }
        }
        assertThat(x).as("step %d", step).isDeepEqualTo(loop);
        for (int k = 0; k < x.length; k++) { // whoever has the arrays may change them
          x[k][0] = 0.5f;
          loop[k][0] = 0.5f;
        }
      }
    }
  }

  @Test
  void momentsAreThoseOfTheirParameters() {
    int[] sizes = {7, 3000, 1, 2001, 216, 1024};
    float[][] g = normal(new SplittableRandom(3), sizes, 1);
    float[][] once = Arrays.stream(g).map(float[]::clone).toArray(float[][]::new);
    try (Optimizer sgd = MOMENTUM.over(normal(new SplittableRandom(4), sizes, 1));
        Optimizer again = MOMENTUM.over(normal(new SplittableRandom(5), sizes, 1))) {
      sgd.step(g);
      assertThat(sgd.state().moments().get("momentum")).isDeepEqualTo(once);
      again.restore(sgd.state());
      assertThat(again.state().moments().get("momentum")).isDeepEqualTo(once);
    }
  }

  private static float[][] normal(SplittableRandom random, int[] sizes, double size) {
    float[][] arrays = Arrays.stream(sizes).mapToObj(float[]::new).toArray(float[][]::new);
    for (float[] array : arrays) {
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) (size * random.nextGaussian());
      }
    }
    return arrays;
  }

  @Test
  void theBitsAreThoseOfAnyNumberOfThreads() {
    int[] sizes = {70_000, 3};
    float[][] gradients = normal(new SplittableRandom(2), sizes, 1);
    float[][] one = normal(new SplittableRandom(1), sizes, 1);
    float[][] two = normal(new SplittableRandom(1), sizes, 1);
    Engine cpu = Engines.byName("cpu");
    UpdateRule rule = ADAM.withMaxNorm(1);
    try (Optimizer single = rule.over(cpu.withThreads(1), one);
        Optimizer several = rule.over(cpu.withThreads(4), two)) {
      for (int step = 0; step < 5; step++) {
        single.step(gradients);
        several.step(gradients);
      }
      assertThat(two).isDeepEqualTo(one);
      assertThat(several.gradientNorm()).isEqualTo(single.gradientNorm());
    }
  }

  @Test
  void parametersOfANetworkAreFitted() {
    Parameter slope = Parameter.of(new float[2], 2, 1);
    Parameter offset = Parameter.of(0);
    Tensor x = Tensor.of(new float[] {0, 1, 2, 3, 1, 0, 2, -1}, 4, 2);
    Tensor y = x.matmul(Tensor.of(new float[] {2, -1}, 2, 1)).plus(0.5);
    List<Parameter> parameters = List.of(slope, offset);
    try (Optimizer sgd = Sgd.of(0.05).withMomentum(0.9).over(parameters)) {
      for (int step = 0; step < 400; step++) {
        Tensor loss = x.matmul(slope).plus(offset).minus(y).square().mean();
        sgd.step(Gradients.of(loss, parameters));
      }
    }
    assertThat(slope.toArray()).containsExactly(new float[] {2, -1}, within(1e-3f));
    assertThat(offset.item()).isCloseTo(0.5f, within(1e-3f));
  }

  @Test
  void hundredsOfParametersAreOneProgram() {
    int[] sizes = new int[300];
    Arrays.setAll(sizes, k -> 1 + k % 40);
    float[][] x = normal(new SplittableRandom(1), sizes, 1);
    try (Optimizer adam = ADAM.withMaxNorm(1).over(x)) {
      float[][] g = normal(new SplittableRandom(2), sizes, 1);
      adam.step(g);
      double squares = 0;
      for (float[] array : g) {
        for (float value : array) {
          squares += (double) value * value;
        }
      }
      assertThat(adam.gradientNorm()).isCloseTo(Math.sqrt(squares), within(1e-4));
    }
  }

  @Test
  void aWarmStepAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[][] x = Torch.start();
    float[][] gradients = Torch.gradients(1);
    Adam rule = Adam.of(LearningRate.cosine(1e-5, 1 << 20)).withMaxNorm(1);
    try (Optimizer adam = rule.over(x)) {
      for (int i = 0; i < 20_000; i++) {
        adam.step(gradients);
      }
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
          adam.step(gradients);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isZero();
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    float[][] x = Torch.start();
    try (Optimizer adam = ADAM.over(x)) {
      take(adam, 3);
      Optimizer.State before = adam.state();
      float[][] broken = Torch.gradients(4);
      broken[1][2] = Float.NaN;
      float[][] still = Arrays.stream(x).map(float[]::clone).toArray(float[][]::new);
      assertThatThrownBy(() -> adam.step(broken)).isInstanceOf(IllegalArgumentException.class);
      assertThat(x).isDeepEqualTo(still);
      assertThat(adam.steps()).isEqualTo(3);
      assertThat(adam.state().moments().get("mean")).isDeepEqualTo(before.moments().get("mean"));
      take(adam, Torch.STEPS);
    }
    float[][] unbroken = Torch.start();
    try (Optimizer adam = ADAM.over(unbroken)) {
      take(adam, Torch.STEPS);
    }
    assertThat(x).isDeepEqualTo(unbroken);
  }

  @Test
  void gradientsWhoseNormIsBeyondFloatAreTakenUnlessTheyAreClipped() {
    float[] x = {1, 1};
    try (Optimizer sgd = Sgd.of(1e-30).over(x)) {
      sgd.step(new float[] {1e30f, -2e30f});
      assertThat(x).containsExactly(0, 3);
    }
  }
}
