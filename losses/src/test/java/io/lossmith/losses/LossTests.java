package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTests {
  private static final Loss OWN =
      (p, t) -> p.times(t).sum().times(2).plus(1).div(p.plus(t).sum().plus(1)).rsub(1);

  private final Scene labels =
      Scene.of(Subject.ALL.get(3), io.lossmith.core.Shape.of(2, 3, 4, 5), true, 5);
  private final Scene dense =
      Scene.of(Subject.ALL.get(1), io.lossmith.core.Shape.of(2, 1, 4, 5), false, 6);

  @Test
  void aLambdaIsALoss() {
    Tensor p = dense.prediction().sigmoid();
    Tensor t = dense.target();
    Loss dice = Dice.ofProbabilities().withSmooth(1).withAggregate(Aggregate.ALL);
    ValueAndGradient got = OWN.valueAndGradient(p, t);
    ValueAndGradient want = dice.valueAndGradient(p, t);
    assertThat(got.value().item()).isCloseTo(want.value().item(), within(1e-6f));
    assertThat(got.gradient().minus(want.gradient()).abs().max().item()).isLessThan(1e-7f);
  }

  @Test
  void aLambdaDefinesNoMask() {
    assertThatThrownBy(() -> OWN.apply(dense.prediction(), dense.target(), dense.mask()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "loss: mask is [2, 1, 4, 5], but this loss defines no mask; implement"
                + " apply(prediction, target, mask), or make it by Loss.withMask");
    Tensor p = dense.prediction().sigmoid();
    assertThat(OWN.apply(p, dense.target(), null).item())
        .isEqualTo(OWN.apply(p, dense.target()).item());
  }

  @Test
  void aFormulaMayTakeAMask() {
    Loss squares = Loss.withMask((p, t, m) -> p.minus(t).square().times(m).sum().div(m.sum()));
    ValueAndGradient got =
        squares.valueAndGradient(dense.prediction(), dense.target(), dense.mask());
    ValueAndGradient want =
        MeanSquaredError.create()
            .valueAndGradient(dense.prediction(), dense.target(), dense.mask());
    requireSame(got, want);
    float[] gradient = new float[dense.prediction.length];
    try (Compiled compiled =
        squares.compile(new InputShapes(dense.shape, dense.targetShape, dense.maskShape))) {
      assertThat(compiled.evaluate(dense.prediction, dense.target, dense.mask, gradient))
          .isEqualTo(got.value().item());
    }
    assertThat(gradient).containsExactly(got.gradient().toArray());
    assertThatThrownBy(() -> squares.apply(dense.prediction(), dense.target()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "loss: mask is missing, must be given to a loss made by Loss.withMask; call"
                + " apply(prediction, target, mask), or give a compiled loss a mask");
  }

  @Test
  void aThirdInputMayBeAnythingThatChanges() {
    Loss distilled = Loss.withMask((p, t, teacher) -> p.minus(teacher).square().mean());
    Tensor p = dense.prediction();
    for (Tensor teacher : new Tensor[] {p.times(2), p.plus(1)}) {
      assertThat(distilled.valueAndGradient(p, dense.target(), teacher).value().item())
          .isEqualTo(MeanSquaredError.create().apply(p, teacher).item());
    }
    Loss sum = distilled.times(2).plus(Dice.sigmoid());
    Tensor m = dense.mask();
    assertThat(sum.apply(p, dense.target(), m).item())
        .isCloseTo(
            2 * distilled.apply(p, dense.target(), m).item()
                + Dice.sigmoid().apply(p, dense.target(), m).item(),
            within(1e-5f));
  }

  @Test
  void aFormulaWithAMaskSurvivesSerialization() throws Exception {
    Loss loss = Loss.withMask((p, t, m) -> p.minus(t).abs().times(m).mean()).times(0.5);
    assertThat(roundTrip(loss).apply(dense.prediction(), dense.target(), dense.mask()).item())
        .isEqualTo(loss.apply(dense.prediction(), dense.target(), dense.mask()).item());
  }

  @Test
  void lossesAddAndScale() {
    Loss sum =
        Dice.sigmoid().times(2).plus(BinaryCrossEntropyWithLogits.create()).times(0.5).plus(OWN);
    Tensor p = dense.prediction();
    Tensor t = dense.target();
    float want =
        Dice.sigmoid().apply(p, t).item()
            + 0.5f * BinaryCrossEntropyWithLogits.create().apply(p, t).item()
            + OWN.apply(p, t).item();
    assertThat(sum.apply(p, t).item()).isCloseTo(want, within(1e-5f));
    assertThat(Dice.sigmoid().times(2).toString())
        .isEqualTo("sum(parts=[2 * dice(activation=sigmoid)])");
    assertThatThrownBy(() -> OWN.times(Double.NaN))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("times: weight is NaN, must be a finite number");
  }

  @Test
  void partsOfASumMustGiveOneShape() {
    Loss uneven = Dice.sigmoid().plus(Dice.sigmoid().withReduction(Reduction.NONE));
    assertThatThrownBy(() -> uneven.apply(dense.prediction(), dense.target()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("gives []")
        .hasMessageContaining("[2, 1]")
        .hasMessageContaining("the same reduction, mean or sum");
    Loss values =
        Dice.sigmoid()
            .withReduction(Reduction.NONE)
            .plus(CenterlineDice.sigmoid().withReduction(Reduction.NONE));
    assertThatThrownBy(() -> values.apply(dense.prediction(), dense.target()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("one part gives [2, 1], another [2]")
        .hasMessageContaining("mean or sum");
  }

  @Test
  void aMapMayBeConstant() {
    Loss loss = Dice.sigmoid();
    Tensor p = dense.prediction();
    Tensor t = dense.target();
    Tensor one = dense.mask().slice(0, 0, 1);
    Tensor map = Tensor.concat(0, one, one);
    float want = loss.apply(p, t, map).item();
    assertThat(loss.masked(one).apply(p, t).item()).isEqualTo(want);
    assertThat(loss.masked(one.squeeze(0, 1)).apply(p, t).item()).isEqualTo(want);
    assertThat(loss.masked(map).apply(p, t).item()).isEqualTo(want);
    assertThat(loss.masked(map.squeeze(1)).apply(p, t).item()).isEqualTo(want);
    Tensor twice = dense.mask();
    assertThat(loss.masked(one).apply(p, t, twice).item())
        .isCloseTo(loss.apply(p, t, map.times(twice)).item(), within(1e-6f));
    assertThatThrownBy(() -> loss.masked(Tensor.ones(3, 3)).apply(p, t))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[3, 3]")
        .hasMessageContaining("[4, 5]");
  }

  @Test
  void aLogSoftmaxAndThenNllIsCrossEntropy() {
    Tensor x = labels.prediction();
    Tensor y = labels.target();
    CrossEntropy entropy = CrossEntropy.create().withClassWeights(1, 2, 3);
    NegativeLogLikelihood nll = NegativeLogLikelihood.create().withClassWeights(1, 2, 3);
    Loss composed = (p, t) -> nll.apply(p.logSoftmax(1), t);
    requireSame(composed.valueAndGradient(x, y), entropy.valueAndGradient(x, y));
    Tensor rows = x.get(0).flatten(1).permute(1, 0);
    Tensor classes = y.get(0).flatten(0);
    requireSame(composed.valueAndGradient(rows, classes), entropy.valueAndGradient(rows, classes));
  }

  @Test
  void aSigmoidAndThenBceIsBceWithLogits() {
    Loss composed = (p, t) -> BinaryCrossEntropy.create().apply(p.sigmoid(), t);
    requireSame(
        composed.valueAndGradient(dense.prediction(), dense.target()),
        BinaryCrossEntropyWithLogits.create().valueAndGradient(dense.prediction(), dense.target()));
  }

  @Test
  void bceKnowsItsTextbookValue() {
    Tensor p = Tensor.of(new float[] {.6560f, .5859f, .6172f, .6802f}, 2, 2);
    Tensor identity = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
    assertThat(BinaryCrossEntropy.create().apply(p, identity).item())
        .isCloseTo(0.6622f, within(5e-5f));
  }

  @Test
  void aPerfectHardPredictionCostsNothing() {
    Tensor t = Tensor.of(new float[] {1, 0, 0, 1, 1, 0, 0, 0}, 1, 2, 2, 2);
    assertThat(Dice.ofProbabilities().apply(t, t).item()).isZero();
    assertThat(IntersectionOverUnion.ofProbabilities().apply(t, t).item()).isZero();
    assertThat(GeneralizedDice.ofProbabilities().apply(t, t).item()).isCloseTo(0, within(1e-6f));
  }

  @Test
  void tverskyWithEvenPricesIsDiceWithTwiceTheSmoothing() {
    Loss tversky = Tversky.sigmoid().withSmooth(0.5);
    assertThat(tversky.apply(dense.prediction(), dense.target()).item())
        .isCloseTo(
            Dice.sigmoid().withSmooth(1).apply(dense.prediction(), dense.target()).item(),
            within(1e-6f));
  }

  @Test
  void focalWithoutAGammaIsCrossEntropy() {
    assertThat(Focal.softmax().withGamma(0).apply(labels.prediction(), labels.target()).item())
        .isCloseTo(
            CrossEntropy.create().apply(labels.prediction(), labels.target()).item(),
            within(1e-6f));
    assertThat(Focal.sigmoid().withGamma(0).apply(dense.prediction(), dense.target()).item())
        .isCloseTo(
            BinaryCrossEntropyWithLogits.create().apply(dense.prediction(), dense.target()).item(),
            within(1e-6f));
  }

  @Test
  void indicesAreTheSameAsTheirOneHotTarget() {
    Tensor hot = labels.target().oneHot(3, 1);
    for (Loss loss :
        new Loss[] {CrossEntropy.create(), Focal.softmax().withAlpha(0.3), Dice.softmax()}) {
      assertThat(loss.apply(labels.prediction(), labels.target()).item())
          .isCloseTo(loss.apply(labels.prediction(), hot).item(), within(1e-5f));
    }
  }

  @Test
  void aWitherLeavesTheOriginalAlone() {
    Dice dice = Dice.sigmoid();
    Dice smooth = dice.withSmooth(1).withReduction(Reduction.SUM);
    assertThat(dice).isEqualTo(Dice.sigmoid()).isNotEqualTo(smooth);
    assertThat(smooth)
        .hasToString(
            "dice(activation=sigmoid, smoothNumerator=1, smoothDenominator=1, reduction=sum)")
        .hasSameHashCodeAs(Dice.sigmoid().withSmooth(1).withReduction(Reduction.SUM));
  }

  static java.util.stream.Stream<Subject> subjects() {
    return Subject.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void survivesSerialization(Subject subject) throws Exception {
    Loss loss = subject.loss();
    assertThat(roundTrip(loss)).isEqualTo(loss).hasToString(loss.toString());
  }

  @Test
  void lambdasAndMapsSurviveSerialization() throws Exception {
    Loss loss = OWN.plus(Dice.sigmoid().masked(Tensor.ones(4, 5)));
    Loss back = roundTrip(loss);
    assertThat(back.apply(dense.prediction(), dense.target()).item())
        .isEqualTo(loss.apply(dense.prediction(), dense.target()).item());
  }

  @Test
  void equalCompositionsAreEqualAfterSerialization() throws Exception {
    Loss sum =
        Dice.sigmoid().plus(Focal.sigmoid().times(0.5)).masked(Tensor.iota(20).reshape(4, 5));
    for (Loss loss :
        List.of(sum, sum.times(2).plus(Dice.softmax()), TopK.of(CrossEntropy.create()))) {
      assertThat(roundTrip(loss)).isEqualTo(loss).hasSameHashCodeAs(loss);
    }
    Loss other = Dice.sigmoid().masked(Tensor.ones(4, 5));
    assertThat(other)
        .isEqualTo(Dice.sigmoid().masked(Tensor.ones(4, 5)))
        .isNotEqualTo(Dice.sigmoid().masked(Tensor.ones(5, 4)))
        .isNotEqualTo(Dice.sigmoid().masked(Tensor.zeros(4, 5)))
        .isNotEqualTo(Dice.softmax().masked(Tensor.ones(4, 5)));
  }

  @Test
  void lambdasThatCaptureATensorSurviveSerialization() throws Exception {
    Tensor weights = Tensor.iota(5).plus(1);
    Loss loss = (p, t) -> p.minus(t).square().times(weights).mean();
    Loss back = roundTrip(loss.times(2));
    float twice = 2 * loss.apply(dense.prediction(), dense.target()).item();
    assertThat(back.apply(dense.prediction(), dense.target()).item()).isEqualTo(twice);
  }

  private static Loss roundTrip(Loss loss) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(loss);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Loss) in.readObject();
    }
  }

  private static void requireSame(ValueAndGradient got, ValueAndGradient want) {
    assertThat(got.value().item()).isCloseTo(want.value().item(), within(1e-6f));
    assertThat(got.gradient().minus(want.gradient()).abs().max().item()).isLessThan(1e-6f);
  }
}
