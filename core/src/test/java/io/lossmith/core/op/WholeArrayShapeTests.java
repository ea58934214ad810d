package io.lossmith.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shape rules of opaque operations and their messages. */
class WholeArrayShapeTests {
  private static final Window THREE = window(3, 1, 1);
  private static final Window HALVES = window(2, 2, 0);

  private static Window window(int size, int stride, int padding) {
    return new Window(
        List.of(size, size), List.of(stride, stride), List.of(padding, padding), List.of(1, 1));
  }

  private static void refuses(WholeArrayOp op, String message, Shape... operands) {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> op.shape(List.of(operands)))
        .withMessage(message);
  }

  @Test
  void aConvolutionAndItsGradientsGoTogether() {
    Window window = new Window(List.of(3, 4), List.of(2, 1), List.of(1, 0), List.of(1, 2));
    Shape x = Shape.of(2, 5, 9, 10);
    Shape w = Shape.of(7, 5, 3, 4);
    Shape y = new Convolution(window).shape(List.of(x, w));
    assertThat(y).isEqualTo(Shape.of(2, 7, 5, 4));
    assertThat(new ConvolutionInputGradient(window, x).shape(List.of(y, w))).isEqualTo(x);
    assertThat(new ConvolutionWeightGradient(window).shape(List.of(x, y))).isEqualTo(w);
  }

  @Test
  void convolutionsSayWhatTheWeightsMustBe() {
    refuses(
        new Convolution(THREE),
        "convolve: w is [8, 4, 3, 3], x is [2, 3, 16, 16];"
            + " w must be [O, 3, window...] with a window of [3, 3]",
        Shape.of(2, 3, 16, 16),
        Shape.of(8, 4, 3, 3));
    refuses(
        new Convolution(THREE),
        "convolve: w is [8, 3, 5, 5], x is [2, 3, 16, 16];"
            + " w must be [O, 3, window...] with a window of [3, 3]",
        Shape.of(2, 3, 16, 16),
        Shape.of(8, 3, 5, 5));
  }

  @Test
  void aWindowNeedsItsSpatialAxesAndRoom() {
    refuses(
        new AveragePool(THREE),
        "averagePool: x is [3, 16, 16], the window [3, 3] stride [1, 1] padding [1, 1] dilation"
            + " [1, 1] has 2 axes; x must be [N, C, spatial...] with 1 to 3 spatial axes, as many"
            + " as the window",
        Shape.of(3, 16, 16));
    refuses(
        new MaxPoolPick(HALVES),
        "maxPool: x is [1, 1, 4, 1], the window [2, 2] stride [2, 2] padding [0, 0] dilation"
            + " [1, 1] is longer than its axis 3 with padding; use a smaller window or more"
            + " padding",
        Shape.of(1, 1, 4, 1),
        Shape.of(1, 1, 4, 1));
  }

  @Test
  void windowsOfOnePoolHaveAsManyPositions() {
    refuses(
        new MaxPoolPick(List.of(HALVES, THREE)),
        "maxPool: over a key [1, 1, 4, 4] the windows [2, 2] stride [2, 2] padding [0, 0]"
            + " dilation [1, 1] and [3, 3] stride [1, 1] padding [1, 1] dilation [1, 1] have"
            + " [1, 1, 2, 2] and [1, 1, 4, 4] positions; must be as many",
        Shape.of(1, 1, 4, 4),
        Shape.of(1, 1, 4, 4));
  }

  @Test
  void gradientsSayWhatTheyMustBe() {
    Shape x = Shape.of(1, 2, 4, 6);
    Shape wrong = Shape.of(1, 2, 4, 6);
    refuses(
        new MaxPoolScatter(HALVES),
        "max pool scatter: the gradient is [1, 2, 4, 6], the key is [1, 2, 4, 6]; with the window"
            + " [2, 2] stride [2, 2] padding [0, 0] dilation [1, 1] the gradient must be"
            + " [1, 2, 2, 3]",
        x,
        wrong);
    refuses(
        new AveragePoolTransposed(HALVES, x),
        "average pool transposed: the gradient is [1, 2, 4, 6], must be [1, 2, 2, 3], which pooling"
            + " [1, 2, 4, 6] gives",
        wrong);
    refuses(
        new ConvolutionInputGradient(HALVES, x),
        "convolveTransposed: the tensor is [1, 2, 4, 6], must be [1, 8, 2, 3], which a"
            + " convolution of [1, 2, 4, 6] with [8, 2, 2, 2] gives",
        wrong,
        Shape.of(8, 2, 2, 2));
    refuses(
        new ConvolutionWeightGradient(HALVES),
        "convolution weight gradient: the gradient is [1, 2, 4, 6], x is [1, 2, 4, 6]; with the"
            + " window [2, 2] stride [2, 2] padding [0, 0] dilation [1, 1] the gradient must be"
            + " like [1, 2, 2, 3]",
        x,
        wrong);
  }

  @Test
  void keysAndValuesHaveTheSameShape() {
    refuses(
        new MaxPoolPick(HALVES),
        "maxPool: the values are [1, 1, 4, 2], the key is [1, 1, 4, 4]; both must have the"
            + " same shape",
        Shape.of(1, 1, 4, 4),
        Shape.of(1, 1, 4, 2));
  }

  @Test
  void resizingNeedsAsManySizesAsSpatialAxes() {
    refuses(
        new Resize(Resize.Mode.NEAREST, List.of(8)),
        "resizeNearest: x is [1, 2, 4, 4], the spatial sizes are [8]; x must be [N, C, spatial...] with as"
            + " many spatial axes (1 to 3), all at least 1",
        Shape.of(1, 2, 4, 4));
    assertThat(
            new ResizeTransposed(Resize.Mode.NEAREST, List.of(4, 3))
                .shape(List.of(Shape.of(1, 2, 8, 8))))
        .isEqualTo(Shape.of(1, 2, 4, 3));
  }

  @Test
  void matricesMatchInside() {
    refuses(
        new MatrixMultiply(),
        "matmul: shapes [2, 3, 4] and [2, 3, 5] do not go together; they must be"
            + " [..., M, K] and [..., K, N] with equal leading axes",
        Shape.of(2, 3, 4),
        Shape.of(2, 3, 5));
    assertThat(new MatrixMultiply().shape(List.of(Shape.of(2, 3, 4), Shape.of(2, 4, 5))))
        .isEqualTo(Shape.of(2, 3, 5));
  }

  @Test
  void distancesNeedASpacingForEachSpatialAxis() {
    refuses(
        new DistanceTransform(List.of(1.0)),
        "distanceTransform: x is [1, 2, 4, 4], the spacing is [1.0]; x must be [N, C, spatial...]"
            + " with 1 to 3 spatial axes, the spacing one number for each",
        Shape.of(1, 2, 4, 4));
    for (double distance :
        new double[] {0, -1, 1e-31, 1e31, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> new DistanceTransform(List.of(1.0, distance)))
          .withMessage(
              "distanceTransform: spacing is [1.0, "
                  + distance
                  + "], must be numbers within 1e-30..1e30");
    }
  }

  @Test
  void aWindowRefusesNumbersThatMeanNothing() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> window(3, 0, 1))
        .withMessage(
            "window: stride is [0, 0], must be 2 numbers in 1..16777216, one for each spatial axis");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Window(List.of(3, 3), List.of(1, 1), List.of(1), List.of(1, 1)))
        .withMessage(
            "window: padding is [1], must be 2 numbers in 0..16777216, one for each spatial axis");
  }

  @Test
  void nearestTakesTheElementBelowTheEdgeAndExactTheOneBelowTheCentre() {
    double[] edge = new double[3];
    double[] centre = new double[3];
    double[][] x = {{0, 1, 2, 3, 4, 5, 6, 7}};
    List<Shape> shape = List.of(Shape.of(1, 1, 8));
    new Resize(Resize.Mode.NEAREST, List.of(3)).evaluate(x, shape, edge);
    new Resize(Resize.Mode.NEAREST_EXACT, List.of(3)).evaluate(x, shape, centre);
    assertThat(edge).containsExactly(0, 2, 5);
    assertThat(centre).containsExactly(1, 4, 6);
  }

  @Test
  void aConvolutionOfFourNumbersByHand() {
    Window two = new Window(List.of(2), List.of(1), List.of(1), List.of(1));
    double[] y = new double[5];
    List<Shape> shapes = List.of(Shape.of(1, 1, 4), Shape.of(1, 1, 2));
    new Convolution(two).evaluate(new double[][] {{1, 2, 3, 4}, {10, 1}}, shapes, y);
    assertThat(y).containsExactly(1, 12, 23, 34, 40);
  }

  @Test
  void anOrderTakesAxesWhosePositionsAreExact() {
    Shape longest = Shape.of(2, 1 << 24);
    assertThat(new ArgSort(1, false).shape(List.of(longest))).isEqualTo(longest);
    refuses(
        new ArgSort(0, true),
        "argSort: axis 0 of [16777217] is longer than 16777216, beyond which floats do not hold"
            + " every position; sort parts of it",
        Shape.of((1 << 24) + 1));
  }

  @Test
  void positionsDifferFromValuesInOneAxisOnly() {
    assertThat(new Gather(1).shape(List.of(Shape.of(2, 5, 3), Shape.of(2, 7, 3))))
        .isEqualTo(Shape.of(2, 7, 3));
    refuses(
        new Gather(1),
        "gather: the positions are [2, 7, 4], the values are [2, 5, 3]; they may differ in axis 1"
            + " only",
        Shape.of(2, 5, 3),
        Shape.of(2, 7, 4));
    refuses(
        new Gather(0),
        "gather: the positions are [4], the values are [4, 1]; they may differ in axis 0 only",
        Shape.of(4, 1),
        Shape.of(4));
  }

  @Test
  void whatIsAddedHasAPositionEach() {
    assertThat(new ScatterAdd(1, 9).shape(List.of(Shape.of(2, 5), Shape.of(2, 5))))
        .isEqualTo(Shape.of(2, 9));
    refuses(
        new ScatterAdd(0, 9),
        "scatterAdd: the positions are [4], the values are [5]; both must have the same shape",
        Shape.of(5),
        Shape.of(4));
  }
}
