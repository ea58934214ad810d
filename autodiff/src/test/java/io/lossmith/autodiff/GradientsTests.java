package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Move;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GradientsTests {
  private static final float NAN = Float.NaN;

  private static Tensor vector(float... values) {
    return Tensor.of(values, values.length);
  }

  private static float[] gradient(Function<Tensor, Tensor> f, float... at) {
    Tensor x = vector(at);
    return Gradients.of(f.apply(x), x).toArray();
  }

  @Test
  void gradientHasTheShapeOfItsInput() {
    Tensor x = Tensor.zeros(2, 1, 3);
    Tensor y = Tensor.zeros(4, 1);
    List<Tensor> both = Gradients.of(x.plus(y), List.of(x, y));
    assertThat(both.get(0).shape()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(both.get(1).shape()).isEqualTo(Shape.of(4, 1));
    assertThat(both.get(0).toArray()).containsOnly(4);
    assertThat(both.get(1).toArray()).containsOnly(6);
  }

  @Test
  void moreThanOneNumberMeansTheirSum() {
    assertThat(gradient(Tensor::square, 1, 2, 3)).containsExactly(2, 4, 6);
  }

  @Test
  void whatTheOutputDoesNotDependOnGetsZeros() {
    Tensor x = vector(1, 2);
    assertThat(Gradients.of(Tensor.scalar(3), x).toArray()).containsExactly(0, 0);
    assertThat(Gradients.of(x.greaterThan(1), x).toArray()).containsExactly(0, 0);
  }

  @Test
  void anInputMayBeTheOutput() {
    Tensor x = vector(1, 2);
    assertThat(Gradients.of(x, x).toArray()).containsExactly(1, 1);
  }

  @Test
  void inputsMayBeComputedAndDependOnEachOther() {
    Tensor x = vector(1, 2);
    Tensor h = x.square();
    List<Tensor> both = Gradients.of(h.times(3), List.of(x, h));
    assertThat(both.get(0).toArray()).containsExactly(6, 12);
    assertThat(both.get(1).toArray()).containsExactly(3, 3);
  }

  @Test
  void tiesOfMaxAndMinShareTheGradient() {
    assertThat(gradient(Tensor::max, 3, 1, 3)).containsExactly(0.5f, 0, 0.5f);
    assertThat(gradient(Tensor::min, 3, 1, 1, 1)).containsExactly(0, 1 / 3f, 1 / 3f, 1 / 3f);
  }

  @Test
  void tiesOfMaxPoolGoToTheFirst() {
    Tensor x = Tensor.of(new float[] {2, 2, 1, 3, 3, 0}, 1, 1, 6);
    assertThat(Gradients.of(x.maxPool(3), x).toArray()).containsExactly(1, 0, 0, 1, 0, 0);
  }

  @Test
  void whereLetsNoNaNThrough() {
    float[] g = gradient(x -> Tensor.where(x.greaterThan(0), x.log(), 0), -1, 2);
    assertThat(g).containsExactly(0, 0.5f);
    assertThat(gradient(x -> Tensor.where(x.equalTo(x), x, 0).square(), NAN, 3))
        .containsExactly(0, 6);
  }

  @Test
  void whereLetsNoInfinityThrough() {
    assertThat(gradient(x -> Tensor.where(x.greaterThan(1), x, 0).log(), 1, 2))
        .containsExactly(0, 0.5f);
    assertThat(gradient(x -> Tensor.where(x.greaterThan(1), 0, x).log(), 2, 1))
        .containsExactly(0, 1);
  }

  @Test
  void contributionsWithOneFactorShareTheMultiplication() {
    LiftedGraph lifted =
        Trace.of(
            List.of(Shape.of(4), Shape.of(4)),
            a -> {
              Tensor x = a.get(0);
              return List.of(Gradients.of(x.softplus().minus(x.times(a.get(1))).mean(), x));
            });
    // (sigmoid(x) - t) / 4, and the two inputs
    assertThat(Simplifier.simplify(lifted.graph()).nodes()).hasSize(6);
    assertThat(gradient(x -> x.exp().plus(x.square()).mean(), 0, 0)).containsExactly(0.5f, 0.5f);
  }

  @Test
  void powerOfZeroHasZeroSlopeWhereTheExponentIsZero() {
    Tensor x = vector(0, 0, 2);
    Tensor y = vector(0, 1, 0);
    assertThat(Gradients.of(x.pow(y), x).toArray()).containsExactly(0, 1, 0);
  }

  @Test
  void stoppedGradientsAreZero() {
    assertThat(gradient(x -> x.stopGradient().times(x), 3, 4)).containsExactly(3, 4);
  }

  @Test
  void checksPassGradientsOn() {
    assertThat(gradient(x -> x.checkRange("x", 0, 9, "0 to 9").square(), 3)).containsExactly(6);
  }

  @Test
  void gradientsOfGradientsWork() {
    Function<Tensor, Tensor> cube = x -> x.times(x).times(x);
    var second = Gradients.gradient(Gradients.gradient(cube));
    var third = Gradients.gradient(second);
    assertThat(second.apply(Tensor.scalar(2)).item()).isEqualTo(12);
    assertThat(third.apply(Tensor.scalar(2)).item()).isEqualTo(6);
  }

  @Test
  void functionsOfAnyNumberOfTensorsGiveValueAndGradients() {
    var f =
        Gradients.valueAndGradients(args -> args.get(0).times(args.get(1)).plus(args.get(1)).sum());
    ValueAndGradients r = f.apply(List.of(vector(1, 2), vector(3, 4)));
    assertThat(r.value().item()).isEqualTo(18);
    assertThat(r.gradient().toArray()).containsExactly(3, 4);
    assertThat(r.gradients().get(1).toArray()).containsExactly(2, 3);
  }

  @Test
  void customGradientReplacesTheRule() {
    float[] g =
        gradient(
            x -> CustomGradient.of(x.greaterThan(0.5), List.of(x), y -> List.of(y.times(7))), 0, 1);
    assertThat(g).containsExactly(7, 7);
  }

  @Test
  void customGradientSeesTheGradientInTheShapeOfItsValue() {
    Tensor x = vector(1, 2, 3);
    Tensor[] seen = new Tensor[1];
    Tensor y =
        CustomGradient.of(
            x.square(),
            List.of(x),
            g -> {
              seen[0] = g;
              return List.of(g);
            });
    Gradients.of(y.sum(), x);
    assertThat(seen[0].shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void customGradientCanBeDifferentiatedAgain() {
    Function<Tensor, Tensor> f =
        x -> CustomGradient.of(x, List.of(x), g -> List.of(g.times(x.square())));
    assertThat(Gradients.gradient(Gradients.gradient(f)).apply(Tensor.scalar(3)).item())
        .isEqualTo(6);
  }

  @Test
  void customGradientNamesWhatDoesNotFit() {
    Tensor x = vector(1, 2, 3);
    Tensor few = CustomGradient.of(x, List.of(x), g -> List.of());
    assertThatThrownBy(() -> Gradients.of(few, x))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CustomGradient: the rule returned 0 gradients, must return one for each of the 1"
                + " inputs");
    Tensor other = CustomGradient.of(x, List.of(x), g -> List.of(Tensor.zeros(2)));
    assertThatThrownBy(() -> Gradients.of(other, x))
        .isExactlyInstanceOf(ShapeException.class)
        .hasMessage("CustomGradient: gradient 0 is [2], must have the shape of input 0, [3]");
  }

  @Test
  void aTensorThatWasReadHasNoGradient() {
    Tensor x = vector(1, 2);
    Tensor h = x.square();
    Tensor y = h.sum();
    y.item();
    String message =
        "gradients: a tensor [] has been read and has released what it was computed from; take"
            + " gradients before reading values, or mark it a constant by stopGradient()";
    assertThatThrownBy(() -> Gradients.of(y, x))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Gradients.of(y.times(2), x)).hasMessage(message);
    assertThat(Gradients.of(y.stopGradient().times(x), x).toArray()).containsExactly(5, 5);
    assertThat(Gradients.of(y.times(2), vector(1)).toArray()).containsExactly(0);
  }

  @Test
  void readingHalfwayIsNoticed() {
    Tensor x = vector(1, 2);
    Tensor h = x.square();
    h.toArray();
    assertThatThrownBy(() -> Gradients.of(h.times(x), x)).isInstanceOf(IllegalStateException.class);
    Tensor total = h.sum().plus(1);
    total.item();
    assertThatThrownBy(() -> Gradients.of(total.times(x), List.of(x, h)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInputMayHaveBeenReadBeforeOrAfterItWasUsed() {
    Tensor x = vector(1, 2).times(2);
    Tensor before = x.square();
    x.toArray();
    Tensor both = before.plus(x.times(10));
    assertThat(Gradients.of(both, x).toArray()).containsExactly(14, 18);
  }

  @Test
  void gradientOfAResultOfATracedFunctionIsNoticed() {
    Tensor x = vector(1, 2);
    Tensor slope = Gradients.gradient((Tensor a) -> a.square().sum()).apply(x);
    assertThatThrownBy(() -> Gradients.of(slope.sum(), x))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void parametersHaveGradients() {
    Parameter w = Parameter.of(3);
    Tensor y = w.square().times(vector(1, 2));
    assertThat(Gradients.of(y, w).item()).isEqualTo(18);
  }

  @Test
  void deepGraphsDoNotOverflowTheStack() {
    Tensor x = Tensor.scalar(1);
    Tensor y = x;
    for (int i = 0; i < 20_000; i++) {
      y = y.plus(x);
    }
    assertThat(Gradients.of(y, x).node()).isNotNull();
  }

  @Test
  void softmaxStaysFiniteAndItsGradientIsShort() {
    Tensor x = Tensor.of(new float[] {1e4f, -1e4f, 0, 0}, 2, 2);
    Tensor w = Tensor.of(new float[] {1, 2, 3, 5}, 2, 2);
    assertThat(x.softmax(1).toArray()).containsExactly(1, 0, 0.5f, 0.5f);
    assertThat(x.logSoftmax(1).get(0).toArray()).containsExactly(0, -2e4f);
    assertThat(x.logSumExp(1).get(0).item()).isEqualTo(1e4f);
    assertThat(Gradients.of(x.softmax(1).times(w), x).toArray()).containsExactly(0, 0, -0.5f, 0.5f);
    assertThat(Gradients.of(x.logSoftmax(1).times(w), x).get(0).toArray()).containsExactly(-2, 2);
    LiftedGraph lifted =
        Trace.of(
            List.of(Shape.of(2, 3), Shape.of(2, 3)),
            a -> List.of(Gradients.of(a.get(0).softmax(1).times(a.get(1)), a.get(0))));
    // x, w, max, x - max, exp, sum, 1 / sum, p; g · p, sum, g - sum = d, d · p, sum, d - sum, times
    // p
    assertThat(lifted.graph().nodes()).hasSize(15);
  }

  /** The gradient of a class that is nearly sure is the small difference of two large numbers. */
  @Test
  void aSoftmaxThatIsNearlySureKeepsItsDigits() {
    float[] logits = {9, 0, -1};
    float[] weights = {0.37f, 0.371f, 0.36f};
    double sum = 0;
    double[] p = new double[3];
    for (int i = 0; i < 3; i++) {
      sum += p[i] = Math.exp(logits[i]);
    }
    double mean = 0;
    for (int i = 0; i < 3; i++) {
      p[i] /= sum;
      mean += p[i] * weights[i];
    }
    Tensor x = Tensor.of(logits, 1, 3);
    float[] gradient =
        Gradients.of(x.softmax(1).times(Tensor.of(weights, 1, 3)), x).reshape(3).toArray();
    for (int i = 0; i < 3; i++) {
      double must = p[i] * (weights[i] - mean);
      assertThat((double) gradient[i]).isCloseTo(must, within(1e-5 * Math.abs(must)));
    }
  }

  @Test
  void softmaxTakesTheMeanOnceWhereLabelsChoose() {
    assertThat(sumsBehindSoftmax((p, t) -> p.times(t))).isEqualTo(3);
    assertThat(
            sumsBehindSoftmax(
                (p, t) -> p.times(t.slice(1, 0, 1).squeeze(1).oneHot(3, 1).times(2).plus(1))))
        .isEqualTo(2);
  }

  private static long sumsBehindSoftmax(BinaryOperator<Tensor> loss) {
    LiftedGraph lifted =
        Trace.of(
            List.of(Shape.of(2, 3), Shape.of(2, 3)),
            a -> List.of(Gradients.of(loss.apply(a.get(0).softmax(1), a.get(1)), a.get(0))));
    return lifted.graph().nodes().stream()
        .filter(node -> node.op() instanceof AxisFold fold && fold.fold() == Fold.SUM)
        .count();
  }

  @Test
  void noIdleOperationsAreBuilt() {
    Graph graph =
        Trace.of(
                List.of(Shape.of(4, 5), Shape.of(4, 5)),
                a -> {
                  Tensor hit = a.get(0).times(a.get(1)).sum();
                  return List.of(Gradients.of(hit.div(a.get(0).sum().plus(1)), a.get(0)));
                })
            .graph();
    List<Node> nodes = graph.nodes();
    assertThat(nodes).noneMatch(n -> n.op() instanceof Alias || n.op() instanceof Move.Broadcast);
    // p, t; p·t, sum, reshape; sum, reshape, + 1 of 1; quotient; 1/P, of its square; t/P, sum
    assertThat(Simplifier.simplify(graph).nodes()).hasSizeLessThan(18);
  }
}
