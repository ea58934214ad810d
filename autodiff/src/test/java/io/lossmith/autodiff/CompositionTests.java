package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Window;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What formulas of losses are put together from, beyond single operations. */
class CompositionTests {
  private static final Tensor SIX = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void aNumberStandsBeforeTheTensor() {
    assertThat(SIX.get(0).rsub(1).toArray()).containsExactly(0, -1, -2);
    assertThat(SIX.get(1).rdiv(20).toArray()).containsExactly(5, 4, 20 / 6f);
  }

  @Test
  void sizesAreCountedFromBothEnds() {
    assertThat(SIX.size(0)).isEqualTo(2);
    assertThat(SIX.size(-1)).isEqualTo(3);
    assertRefused(() -> SIX.size(2), "size: axis 2", "[2, 3]");
    assertRefused(() -> Tensor.scalar(1).size(0), "size: axis 0", "[]");
  }

  @Test
  void spreadIsThatOfWhatIsThere() {
    assertThat(SIX.variance().item()).isCloseTo(35 / 12f, within(1e-6f));
    assertThat(SIX.variance(0).toArray()).containsExactly(2.25f, 2.25f, 2.25f);
    assertThat(SIX.standardDeviation(0).toArray()).containsExactly(1.5f, 1.5f, 1.5f);
    assertThat(SIX.varianceKeep(-1).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(SIX.standardDeviationKeep(0).shape()).isEqualTo(Shape.of(1, 3));
    assertThat(SIX.norm().item()).isCloseTo((float) Math.sqrt(91), within(1e-6f));
    assertThat(Tensor.of(new float[] {3, -4}, 1, 2).norm(1).toArray()).containsExactly(5);
    assertThat(SIX.normKeep(1).shape()).isEqualTo(Shape.of(2, 1));
    assertRefused(() -> SIX.variance(2), "variance: axis 2");
    assertRefused(() -> SIX.varianceKeep(2), "varianceKeep: axis 2");
    assertRefused(() -> SIX.standardDeviation(2), "standardDeviation: axis 2");
    assertRefused(() -> SIX.norm(2), "norm: axis 2");
  }

  @Test
  void whereNothingSpreadsNoGradientFlows() {
    Tensor flat = Tensor.ones(3);
    assertThat(Gradients.of(flat.standardDeviation(), flat).toArray()).containsOnly(0);
    Tensor none = Tensor.zeros(3);
    assertThat(Gradients.of(none.norm(), none).toArray()).containsOnly(0);
  }

  @Test
  void labelsTakeWhatStandsAtTheirClass() {
    Tensor labels = Tensor.labels(new int[] {2, 255}, 2);
    assertThat(SIX.atLabel(1, labels).toArray()).containsExactly(3, 0);
    assertThat(SIX.atLabel(0, Tensor.labels(new int[] {1, 0, 1}, 3)).toArray())
        .containsExactly(4, 2, 6);
    Tensor picture = Tensor.labels(new int[] {0, 1, 1, 0}, 1, 2, 2);
    Tensor weights = Tensor.of(new float[] {5, Float.NaN}, 2, 1, 1);
    assertThat(weights.atLabel(-3, picture).shape()).isEqualTo(Shape.of(1, 2, 2));
    assertThat(weights.atLabel(0, picture).toArray()).containsExactly(5, Float.NaN, Float.NaN, 5);
    assertThat(weights.squeeze().atLabel(0, picture).toArray())
        .containsExactly(5, Float.NaN, Float.NaN, 5);
    Tensor batch = Tensor.iota(12).reshape(2, 2, 3);
    assertThat(batch.atLabel(1, Tensor.labels(new int[] {0, 1, 0}, 3)).toArray())
        .containsExactly(0, 4, 2, 6, 10, 8);
    assertThat(batch.atLabel(0, Tensor.labels(new int[] {0, 1, 0}, 3)).toArray())
        .containsExactly(0, 7, 2, 3, 10, 5);
    assertRefused(() -> SIX.atLabel(1, SIX.get(0)), "atLabel", "[2]", "[3]");
    assertRefused(() -> SIX.atLabel(2, labels), "atLabel: axis 2");
  }

  @Test
  void pairsStandInTwoAxes() {
    Tensor x = Tensor.of(new float[] {1, 2, 4}, 3);
    assertThat(x.pairwise(0, Tensor::minus).toArray())
        .containsExactly(0, -1, -3, 1, 0, -2, 3, 2, 0);
    assertThat(SIX.pairwise(1, Tensor::times).shape()).isEqualTo(Shape.of(2, 3, 3));
    assertThat(SIX.pairwise(-2, Tensor::times).shape()).isEqualTo(Shape.of(2, 2, 3));
    assertThat(SIX.pairwise(1, SIX.slice(1, 0, 2), Tensor::minus).get(1).toArray())
        .containsExactly(0, -1, 1, 0, 2, 1);
    assertThat(Tensor.eye(2).toArray()).containsExactly(1, 0, 0, 1);
    assertRefused(() -> SIX.pairwise(1, x, Tensor::plus), "pairwise", "[2, 3]", "[3]");
    assertRefused(() -> SIX.pairwise(2, Tensor::plus), "pairwise: axis 2");
    assertRefused(() -> Tensor.eye(-1), "eye: n is -1");
  }

  @Test
  void neighboursDiffer() {
    assertThat(SIX.square().diff(1).toArray()).containsExactly(3, 5, 9, 11);
    assertThat(SIX.diff(-2).toArray()).containsExactly(3, 3, 3);
    assertThat(SIX.slice(1, 0, 1).diff(1).shape()).isEqualTo(Shape.of(2, 0));
    assertRefused(() -> SIX.slice(1, 0, 0).diff(1), "diff: axis 1", "[2, 0]", "empty");
  }

  @Test
  void tensorsStandBesideEachOther() {
    assertThat(SIX.transpose().toArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(Tensor.iota(8).reshape(2, 2, 2).transpose().toArray())
        .containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
    Tensor x = Tensor.iota(2);
    assertThat(Tensor.stack(0, x, x.plus(5)).toArray()).containsExactly(0, 1, 5, 6);
    assertThat(Tensor.stack(-1, x, x.plus(5)).toArray()).containsExactly(0, 5, 1, 6);
    assertRefused(() -> x.transpose(), "transpose", "[2]", "[..., m, n]");
    assertRefused(() -> Tensor.stack(0), "stack: no tensors");
    assertRefused(() -> Tensor.stack(0, x, SIX), "stack: shapes [2] and [2, 3]");
    assertRefused(() -> Tensor.stack(2, x, x), "stack: axis 2", "0..1");
  }

  @Test
  void picturesGoOnBeyondTheirEdges() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 3);
    int[] two = {2};
    int[] one = {1};
    assertThat(x.padReplicate(two, one).toArray()).containsExactly(1, 1, 1, 2, 3, 3);
    assertThat(x.padReflect(two, one).toArray()).containsExactly(3, 2, 1, 2, 3, 2);
    Tensor picture = SIX.reshape(1, 1, 2, 3);
    assertThat(picture.padReplicate(1).toArray())
        .containsExactly(1, 1, 2, 3, 3, 1, 1, 2, 3, 3, 4, 4, 5, 6, 6, 4, 4, 5, 6, 6);
    assertThat(picture.padReflect(1).toArray())
        .containsExactly(5, 4, 5, 6, 5, 2, 1, 2, 3, 2, 5, 4, 5, 6, 5, 2, 1, 2, 3, 2);
    assertRefused(() -> x.padReflect(new int[] {3}, one), "padReflect: 3 before", "[3]", "below");
    assertRefused(() -> x.padReflect(two, new int[0]), "padReflect", "one number for each");
    assertRefused(() -> x.padReplicate(new int[] {-1}, one), "padReplicate: [-1]", "at least 0");
    assertRefused(() -> SIX.padReplicate(1), "padReplicate: a tensor [2, 3]", "spatial");
    assertRefused(() -> x.slice(0, 1, 1).padReplicate(two, one), "padReplicate", "empty");
  }

  @Test
  void windowsOfOneSizeNeedNoLists() {
    Tensor x = SIX.reshape(1, 1, 2, 3);
    Window three = new Window(List.of(3, 3), List.of(2, 2), List.of(1, 1), List.of(1, 1));
    assertThat(x.averagePool(3, 2, 1).toArray()).isEqualTo(x.averagePool(three).toArray());
    assertThat(x.maxPool(3, 2, 1).toArray()).containsExactly(5, 6);
    assertThatThrownBy(() -> x.averagePool(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("averagePool: size [0, 0]");
  }

  @Test
  void groupsOfChannelsGoTheirOwnWay() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 4, 2);
    Tensor weight = Tensor.of(new float[] {1, 10, 100, 1000}, 2, 2, 1);
    assertThat(x.convolve(weight, 1, 0, 2).toArray()).containsExactly(31, 42, 7500, 8600);
    Tensor each = Tensor.of(new float[] {1, 2, 3, 4}, 4, 1, 1);
    assertThat(x.convolve(each, 1, 0, 4).toArray()).containsExactly(1, 2, 6, 8, 15, 18, 28, 32);
    assertRefused(() -> x.convolve(weight, 1, 0, 3), "convolve: 3 groups", "[1, 4, 2]", "divide");
    assertRefused(() -> x.convolve(weight, 1, 0, 0), "convolve: 0 groups");
    assertRefused(() -> x.convolve(weight, 1, 0, 1), "[1, 4, 2]", "[2, 2, 1]");
  }

  @Test
  void matricesBroadcast() {
    Tensor stack = Tensor.iota(12).reshape(2, 2, 3);
    Tensor one = SIX.transpose();
    float[] both = stack.matmul(one).toArray();
    assertThat(stack.matmul(one).shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(both).startsWith(stack.get(0).matmul(one).toArray());
    assertThat(both).endsWith(stack.get(1).matmul(one).toArray());
    assertThat(SIX.matmul(stack.transpose()).get(1).toArray())
        .containsExactly(SIX.matmul(stack.get(1).transpose()).toArray());
    assertThat(SIX.slice(1, 0, 0).unsqueeze(0).matmul(Tensor.zeros(0, 4)).toArray())
        .containsExactly(new float[8]);
    assertRefused(() -> stack.matmul(stack), "matmul: [2, 2, 3] times [2, 2, 3]", "broadcast");
    assertRefused(() -> SIX.matmul(SIX.get(0)), "matmul: [2, 3] times [3]");
    assertRefused(() -> stack.matmul(Tensor.zeros(3, 3, 1)), "matmul: leading axes", "[2]", "[3]");
  }

  @Test
  void aCovarianceHasItsFactorAndDeterminant() {
    Tensor x = Tensor.of(new float[] {4, 2, -2, 2, 10, 2, -2, 2, 6}, 3, 3);
    assertThat(x.cholesky().toArray()).containsExactly(2, 0, 0, 1, 3, 0, -1, 1, 2);
    Tensor lower = Tensor.of(new float[] {4, Float.NaN, 7, 2, 10, -7, -2, 2, 6}, 3, 3);
    assertThat(lower.cholesky().toArray()).containsExactly(x.cholesky().toArray());
    assertThat(x.pivots().toArray()).containsExactly(4, 9, 4);
    assertThat(x.slice(0, 0, 1).slice(1, 0, 1).pivots().toArray()).containsExactly(4);
    assertThat(x.logDeterminant().item()).isCloseTo((float) Math.log(144), within(1e-6f));
    Tensor two = Tensor.stack(0, x, Tensor.eye(3));
    assertThat(two.logDeterminant().toArray()[1]).isZero();
    assertThat(two.cholesky().get(1).toArray()).containsExactly(Tensor.eye(3).toArray());
    assertThat(x.unaryMinus().logDeterminant().item()).isNaN();
    assertRefused(() -> SIX.cholesky(), "cholesky", "[2, 3]", "[..., n, n]");
    assertRefused(() -> SIX.pivots(), "pivots", "[2, 3]");
    assertRefused(() -> SIX.get(0).logDeterminant(), "logDeterminant", "[3]");
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessageContainingAll(parts);
  }
}
