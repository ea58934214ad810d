package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Window;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorTests {
  private static final float NAN = Float.NaN;
  private static final Tensor SIX = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void makesTensorsOfNumbers() {
    float[] shared = {1, 2};
    Tensor copy = Tensor.of(shared, 2);
    Tensor wrapped = Tensor.wrap(shared, 2);
    shared[0] = 7;
    assertThat(copy.toArray()).containsExactly(1, 2);
    assertThat(wrapped.toArray()).containsExactly(7, 2);
    assertThat(Tensor.scalar(3).item()).isEqualTo(3);
    assertThat(Tensor.full(2, 2, 2).toArray()).containsExactly(2, 2, 2, 2);
    assertThat(Tensor.zeros(2).toArray()).containsExactly(0, 0);
    assertThat(Tensor.ones(2).toArray()).containsExactly(1, 1);
    assertThat(Tensor.iota(3).toArray()).containsExactly(0, 1, 2);
    assertThat(Tensor.labels(new int[] {3, -1}, 2).toArray()).containsExactly(3, -1);
    assertThat(Tensor.labels(new byte[] {3, -1}, 2).toArray()).containsExactly(3, 255);
  }

  @Test
  void readValuesAreCopies() {
    Tensor x = Tensor.of(new float[] {1, 2}, 2);
    x.toArray()[0] = 9;
    Tensor y = x.times(2);
    y.toArray()[0] = 9;
    assertThat(x.toArray()).containsExactly(1, 2);
    assertThat(y.toArray()).containsExactly(2, 4);
  }

  @Test
  void foldsDropOrKeepTheirAxes() {
    assertThat(SIX.sum().item()).isEqualTo(21);
    assertThat(SIX.sum(0).toArray()).containsExactly(5, 7, 9);
    assertThat(SIX.sumKeep(-1).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(SIX.mean(1).toArray()).containsExactly(2, 5);
    assertThat(SIX.meanKeep().toArray()).containsExactly(3.5f);
    assertThat(SIX.max(0, 1).item()).isEqualTo(6);
    assertThat(SIX.maxKeep(0).toArray()).containsExactly(4, 5, 6);
    assertThat(SIX.min().shape()).isEqualTo(Shape.SCALAR);
    assertThat(SIX.minKeep(1).toArray()).containsExactly(1, 4);
    assertThat(Tensor.scalar(4).sum().item()).isEqualTo(4);
    assertThat(Tensor.of(new float[] {1, NAN}, 2).max().item()).isNaN();
  }

  @Test
  void movesChangeWhereElementsStand() {
    assertThat(SIX.reshape(3, -1).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(SIX.unsqueeze(-1).shape()).isEqualTo(Shape.of(2, 3, 1));
    assertThat(SIX.unsqueeze(0).squeeze().shape()).isEqualTo(Shape.of(2, 3));
    assertThat(SIX.unsqueeze(1).squeeze(1).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(SIX.flatten(0).shape()).isEqualTo(Shape.of(6));
    assertThat(SIX.unsqueeze(2).flatten(1).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(SIX.permute(1, 0).toArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(SIX.get(-1).broadcastTo(2, 3).toArray()).containsExactly(4, 5, 6, 4, 5, 6);
    assertThat(SIX.slice(1, 1, 3).toArray()).containsExactly(2, 3, 5, 6);
    assertThat(SIX.slice(1, 1, 1).shape()).isEqualTo(Shape.of(2, 0));
    assertThat(SIX.get(1).toArray()).containsExactly(4, 5, 6);
    assertThat(SIX.get(1).pad(new int[] {1}, new int[] {2}).toArray())
        .containsExactly(0, 4, 5, 6, 0, 0);
    assertThat(Tensor.concat(-1, SIX, SIX.sumKeep(1)).toArray())
        .containsExactly(1, 2, 3, 6, 4, 5, 6, 15);
    assertThat(SIX.flip(1).toArray()).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(SIX.flip().toArray()).containsExactly(6, 5, 4, 3, 2, 1);
  }

  @Test
  void networksHaveTheirOperations() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 6);
    Tensor w = Tensor.of(new float[] {1, 10}, 1, 1, 2);
    Window pairs = new Window(List.of(2), List.of(2), List.of(0), List.of(1));
    assertThat(x.convolve(w, 2, 0).toArray()).containsExactly(21, 43, 65);
    assertThat(x.convolve(w, pairs).toArray()).containsExactly(21, 43, 65);
    assertThat(x.maxPool(2).toArray()).containsExactly(2, 4, 6);
    assertThat(x.maxPool(pairs).toArray()).containsExactly(2, 4, 6);
    assertThat(x.averagePool(pairs).toArray()).containsExactly(1.5f, 3.5f, 5.5f);
    assertThat(x.resizeNearest(3).toArray()).containsExactly(1, 3, 5);
    assertThat(x.resizeLinear(3).toArray()).containsExactly(1.5f, 3.5f, 5.5f);
    Tensor back = Tensor.of(new float[] {1, 2, 3}, 1, 1, 3);
    assertThat(back.convolveTransposed(w, 2, 0).toArray()).containsExactly(1, 10, 2, 20, 3, 30);
    assertThat(back.convolveTransposed(w, pairs, 7).toArray())
        .containsExactly(1, 10, 2, 20, 3, 30, 0);
    assertThat(x.resizeNearestExact(3).toArray()).containsExactly(2, 4, 6);
    assertThat(SIX.matmul(SIX.permute(1, 0)).toArray()).containsExactly(14, 32, 32, 77);
  }

  @Test
  void labelsBecomeOneHotAlongANewAxis() {
    Tensor labels = Tensor.labels(new int[] {2, 0, 255}, 1, 3);
    Tensor hot = labels.oneHot(3, 1);
    assertThat(hot.shape()).isEqualTo(Shape.of(1, 3, 3));
    assertThat(hot.toArray()).containsExactly(0, 1, 0, 0, 0, 0, 1, 0, 0);
    assertThat(labels.oneHot(3, -1).shape()).isEqualTo(Shape.of(1, 3, 3));
    assertThat(labels.oneHot(3, -1).get(0).get(0).toArray()).containsExactly(0, 0, 1);
  }

  @Test
  void positionsOutsideOfTheAxisAreFound() {
    Tensor x = Tensor.of(new float[] {5, 6, 7}, 3);
    Tensor positions = Tensor.of(new float[] {2, 0}, 2);
    assertThat(x.gather(0, positions).toArray()).containsExactly(7, 5);
    assertThat(x.gather(0, positions).scatterAdd(0, positions, 4).toArray())
        .containsExactly(5, 0, 7, 0);
    assertBroken(() -> x.gather(0, positions.plus(1)).toArray(), "gather: position", "3", "0");
    assertBroken(() -> x.gather(0, positions.minus(1)).toArray(), "gather: position", "-1", "1");
    Tensor three = Tensor.of(new float[] {0, 0.5f, 1}, 3);
    assertBroken(() -> x.scatterAdd(0, three, 3).toArray(), "scatterAdd: position", "0.5", "1");
    assertBroken(() -> x.scatterAdd(0, x, 7).toArray(), "scatterAdd: position", "7", "2");
  }

  @Test
  void anOrderIsOfWholeNumbersAndStable() {
    Tensor x = Tensor.of(new float[] {2, NAN, -0f, 2, 0}, 5);
    assertThat(x.argSort(0, false).toArray()).containsExactly(2, 4, 0, 3, 1);
    assertThat(x.argSort(-1, true).toArray()).containsExactly(1, 0, 3, 2, 4);
    assertThat(x.sort(0, true).toArray()).containsExactly(NAN, 2, 2, -0f, 0);
    assertThat(x.slice(0, 2, 5).cumulativeSum(0).toArray()).containsExactly(0, 2, 2);
  }

  @Test
  void ranksTellWhatIsBefore() {
    Tensor keys = Tensor.of(new float[] {2, NAN, -0f, 2, 0}, 5);
    Tensor values = Tensor.of(new float[] {1, 10, 100, 1000, 10000}, 5);
    Tensor ranked = values.rankedSum(-1, keys, true);
    assertThat(ranked.shape()).isEqualTo(Shape.of(2, 5));
    assertThat(ranked.slice(0, 0, 1).toArray()).containsExactly(11, 10, 1111, 1011, 11111);
    assertThat(ranked.slice(0, 1, 2).toArray()).containsExactly(2, 1, 4, 3, 5);
    assertThat(keys.isAmongGreatest(0, Tensor.scalar(2)).toArray()).containsExactly(1, 1, 0, 0, 0);
    assertThatThrownBy(() -> values.rankedSum(0, keys.reshape(1, 5), true))
        .isInstanceOf(ShapeException.class)
        .hasMessage("rankedSum: the keys are [1, 5], the values are [5], must be of one shape");
  }

  @Test
  void checksFindBadData() {
    Tensor labels = Tensor.of(new float[] {0, 2, 255}, 3);
    assertThat(labels.checkLabels("t", 3, 255).toArray()).containsExactly(0, 2, 255);
    assertBroken(() -> labels.checkLabels("t", 3, null).toArray(), "t", "255", "2");
    assertBroken(() -> labels.plus(0.5).checkLabels("t", 3, 255).toArray(), "t", "0.5", "0");
    assertBroken(() -> labels.times(NAN).checkLabels("t", 3, 255).toArray(), "t", "NaN", "0");
    assertThat(labels.checkRange("p", 0, 255, "x").sum().item()).isEqualTo(257);
    assertBroken(() -> labels.checkRange("p", 0, 1, "from 0 to 1").toArray(), "p", "2", "1");
    Tensor bad = Tensor.of(new float[] {1, NAN}, 2);
    assertBroken(() -> bad.checkRange("p", 0, 1, "from 0 to 1").sum().item(), "p", "NaN", "1");
    assertBroken(() -> bad.checkNotNaN("q").toArray(), "q", "NaN", "1");
    assertThat(bad.checkRangeOrNaN("r", 0, 1, "x").toArray()).containsExactly(1, NAN);
    assertBroken(() -> labels.checkRangeOrNaN("r", 0, 1, "x").toArray(), "r", "2", "1");
    Tensor behind = Tensor.of(new float[] {NAN, 2}, 2);
    assertBroken(() -> behind.checkRangeOrNaN("r", 0, 1, "x").toArray(), "r", "2", "1");
    Tensor half = Tensor.scalar(0).sigmoid();
    assertThat(half.checkRange("p", 0, 0.5, "x").item()).isEqualTo(0.5f);
    assertBroken(() -> half.checkRange("p", 0.6, 1, "x").toArray(), "p", "0.5", "");
    assertThat(labels.checkNotNaN("q").sum().item()).isEqualTo(257);
  }

  @Test
  void checksSayWhatMustBe() {
    Tensor three = Tensor.scalar(3);
    assertThatThrownBy(() -> three.checkLabels("t", 3, null).item())
        .hasMessage("t is 3 at []; must be a whole number from 0 to 2");
    assertThatThrownBy(() -> three.checkLabels("t", 3, -1).item())
        .hasMessage("t is 3 at []; must be a whole number from 0 to 2, or -1 to be ignored");
    assertThatThrownBy(() -> three.checkRange("p", 0, 1, "a probability").item())
        .hasMessage("p is 3 at []; must be a probability");
    assertThatThrownBy(() -> three.times(NAN).checkNotNaN("q").item())
        .hasMessage("q is NaN at []; must be a number");
  }

  private static void assertBroken(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(parts[0] + " is " + parts[1] + " at [" + parts[2])
        .hasMessageContaining("must be");
  }

  @Test
  void describesItselfWithoutComputing() {
    assertThat(SIX).hasToString("Tensor [2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]");
    assertThat(Tensor.wrap(new float[9], 9))
        .hasToString("Tensor [9] [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ...]");
    assertThat(SIX.exp()).hasToString("Tensor [2, 3] of exp");
    assertThat(SIX.equals(Tensor.of(SIX.toArray(), 2, 3))).isFalse();
    assertThat(SIX.explain())
        .isEqualTo("a tensor [2, 3] that holds its numbers: nothing will run\n");
    assertThat(SIX.exp().sum().explain()).containsIgnoringCase("exp");
  }

  @Test
  void parametersKeepTheirArray() {
    Parameter p = Parameter.of(new float[] {1, 2}, 2);
    p.array()[0] = 5;
    assertThat(p.toArray()).containsExactly(5, 2);
    p.set(3, 4);
    assertThat(p.times(2).toArray()).containsExactly(6, 8);
    assertThat(Parameter.of(2).item()).isEqualTo(2);
    assertShape(
        () -> p.set(1),
        "Parameter.set: 1 values for a tensor [2], which has 2; they must be" + " as many");
  }

  @Test
  void shapeErrorsNameTheMethodAndTheShapes() {
    Tensor two = Tensor.zeros(2);
    assertShape(
        () -> Tensor.of(new float[3], 2),
        "of: 3 values for a tensor [2], which has 2; they" + " must be as many");
    assertShape(
        () -> SIX.plus(two),
        "plus: shapes [2, 3] and [2] do not go together; axis 1 differs"
            + " (3, 2), sizes must be equal or 1");
    assertThatThrownBy(() -> SIX.greaterThan(two)).hasMessageStartingWith("greaterThan: shapes");
    assertThatThrownBy(() -> Tensor.where(SIX, two, 0)).hasMessageStartingWith("where: shapes");
    assertShape(() -> SIX.sum(2), "sum: axis 2 of a tensor [2, 3] with 2 axes; use 0..1 or -2..-1");
    assertShape(() -> SIX.maxKeep(1, -1), "maxKeep: axis 1 stands twice in [1, -1]; give it once");
    assertShape(
        () -> SIX.item(),
        "item: a tensor [2, 3] has 6 elements, must have 1; read all with" + " toArray()");
    assertShape(
        () -> SIX.reshape(4), "reshape: [2, 3] has 6 elements, [4] has 4; they must be equal");
    assertShape(
        () -> SIX.reshape(4, -1),
        "reshape: [2, 3] has 6 elements, which the sizes [4, -1]"
            + " cannot hold; the -1 must stand for a whole number");
    assertShape(
        () -> SIX.reshape(-1, -1),
        "reshape: [-1, -1] has -1 at 1; sizes must be at least 0," + " one may be -1");
    assertShape(() -> SIX.squeeze(0), "squeeze: axis 0 of a tensor [2, 3] must have size 1");
    assertShape(
        () -> SIX.unsqueeze(3),
        "unsqueeze: axis 3 of a tensor [2, 3]; the new axis must" + " stand at 0..2 or -3..-1");
    assertShape(
        () -> SIX.permute(0),
        "permute: axes [0] of a tensor [2, 3]; each axis must stand" + " once");
    assertShape(
        () -> SIX.broadcastTo(2, 4),
        "broadcastTo: shapes [2, 3] and [2, 4] do not go"
            + " together; axis 1 differs (3, 4), sizes must be equal or 1");
    assertShape(
        () -> SIX.broadcastTo(3),
        "broadcastTo: [2, 3] to [3]; only sizes of 1 can be" + " repeated");
    assertShape(
        () -> SIX.slice(1, 1, 4),
        "slice: 1 to 4 (excluded) of axis 1 of a tensor [2, 3]; must lie within 0..3 or, counted"
            + " from the end, -3..-1, the second not before the first");
    assertShape(
        () -> SIX.oneHot(4, 5),
        "oneHot: axis 5 of a tensor [2, 3]; the new axis must stand at 0..2 or -3..-1");
    assertThat(SIX.slice(1, -2, -1).toArray()).containsExactly(SIX.slice(1, 1, 2).toArray());
    assertShape(() -> SIX.get(2), "get: index 2 of a tensor [2, 3]; axis 0 has 2");
    assertShape(
        () -> Tensor.concat(0, SIX, two),
        "concat: shapes [2, 3] and [2] may differ in axis" + " 0 only");
    assertShape(
        () -> SIX.matmul(SIX),
        "matmul: [2, 3] times [2, 3]; must be [..., m, k] times"
            + " [..., k, n] with leading axes"
            + " that broadcast");
    assertShape(
        () -> SIX.maxPool(2),
        "maxPool: a tensor [2, 3]; must be [batch, channels," + " spatial...]");
    assertShape(
        () -> SIX.unsqueeze(0).resizeNearest(1, 2),
        "resizeNearest: 2 sizes for a tensor"
            + " [1, 2, 3], which has 1 spatial axes; give one for each");
    assertShape(
        () -> SIX.unsqueeze(0).resizeLinear(1, 2),
        "resizeLinear: 2 sizes for a tensor"
            + " [1, 2, 3], which has 1 spatial axes; give one for each");
    assertShape(
        () -> SIX.unsqueeze(0).convolveTransposed(SIX, 1, 0),
        "convolveTransposed: weight is [2, 3], the tensor is [1, 2, 3]; both must have as many"
            + " axes, the weight [in, out, size...]");
    assertShape(
        () -> SIX.unsqueeze(0).convolveTransposed(Tensor.ones(2, 1, 1), 1, 2),
        "convolveTransposed: a tensor [1, 2, 3] with the window [1] stride [1] padding [2]"
            + " dilation [1] would become -1 long along axis 2; use less padding");
    assertShape(
        () -> SIX.softmax(2),
        "softmax: axis 2 of a tensor [2, 3] with 2 axes; use 0..1 or" + " -2..-1");
  }

  @Test
  void valueErrorsNameTheValue() {
    assertThatThrownBy(() -> SIX.clamp(1, 0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("clamp: low is 1.0, high is 0.0; low must not be above high");
    assertThatThrownBy(() -> Tensor.ones(1, 1, 3).maxPool(List.of()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxPool: there is no window, must be one at least");
    assertThatThrownBy(() -> Tensor.labels(new int[] {0, 1 << 25}, 2))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("labels: the label at 1 is 33554432, must be within ±16777216");
  }

  private static void assertShape(ThrowingCallable action, String message) {
    assertThatThrownBy(action).isExactlyInstanceOf(ShapeException.class).hasMessage(message);
  }
}
