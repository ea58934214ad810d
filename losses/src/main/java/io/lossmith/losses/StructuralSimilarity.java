package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Structural similarity: whether means, variances and covariance agree in a window around each
 * pixel.
 *
 * <pre>mean over samples of  1 − mean over channels and windows of l·s
 * l = (2μx·μy + c1)/(μx² + μy² + c1)     c1 = (k1·dataRange)²
 * s = (2σxy + c2)/(σx² + σy² + c2)       c2 = (k2·dataRange)²</pre>
 *
 * <p>Means, variances and covariance are weighed by a Gaussian of width {@code windowSize} and
 * standard deviation {@code sigma} along each axis; windows lie wholly within the picture. In terms
 * of the difference d of both pictures l = 1 − (μx − μy)²/(μx² + μy² + c1) and s = 1 − σd²/(σx² +
 * σy² + c2): this is what is computed, for it stays exact where they agree. Variances are taken
 * about the mean of the whole picture first.
 *
 * <p>Prediction {@code [N, C, spatial...]} with 2 or 3 spatial axes, each at least {@code
 * windowSize} long. Target: of the prediction's shape, any numbers, or class indices {@code [N,
 * spatial...]} or {@code [N, 1, spatial...]} (not with {@code sigmoid}). Options beside the
 * structure losses' own: {@code windowSize}; {@code sigma}; {@code dataRange}, greatest minus least
 * possible value; {@code k1} and {@code k2}. Pixels that do not count are 0 in both pictures, and
 * each window weighs as much as the pixel at its centre (before it, if the size is even).
 *
 * <p>Use it beside another loss where outlines and texture should come out crisp, or for pictures
 * instead of masks. Alone it says little about large flat regions, and the border of the picture is
 * seen by few windows.
 *
 * <p>Source: Wang et al. 2004, IEEE Transactions on Image Processing 13(4). Tested against MONAI's
 * {@code SSIMLoss} with its Gaussian kernel; that computes the variances from raw moments in
 * float32, where differences near 0 drown, and allows {@code k1} and {@code k2} of 0, which divide
 * 0 by 0 in flat regions.
 */
public final class StructuralSimilarity extends StructureLoss<StructuralSimilarity> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Integer> WINDOW_SIZE =
      Option.integer("windowSize", 11, 1, "width of the window around a pixel");
  static final Option<Double> SIGMA =
      Option.number(
          "sigma", 1.5, NumberRange.POSITIVE, "standard deviation of the window, in pixels");
  static final Option<Double> DATA_RANGE =
      Option.number("dataRange", 1.0, NumberRange.POSITIVE, "greatest minus least possible value");
  static final Option<Double> K1 =
      Option.number("k1", 0.01, NumberRange.POSITIVE, "steadies the comparison of means");
  static final Option<Double> K2 =
      Option.number("k2", 0.03, NumberRange.POSITIVE, "steadies the comparison of variances");
  static final Entry<StructuralSimilarity> ENTRY =
      Entry.of(
              "ssim",
              StructuralSimilarity.class,
              StructuralSimilarity::new,
              "whether means and variances agree in a window around each pixel",
              "1 − mean of (2μx·μy + c1)/(μx² + μy² + c1) · (2σxy + c2)/(σx² + σy² + c2)")
          .taking(Options.ACTIVATION, Options.INCLUDE_BACKGROUND)
          .taking(Options.OF_PIXELS)
          .taking(WINDOW_SIZE, SIGMA, DATA_RANGE, K1, K2);

  private StructuralSimilarity(Settings settings) {
    super(settings);
  }

  @Override
  Entry<StructuralSimilarity> entry() {
    return ENTRY;
  }

  /** Returns it with every option left out: the prediction is compared as it is. */
  public static StructuralSimilarity create() {
    return ENTRY.make();
  }

  /** Returns this loss with a window of another width ≥ 1. */
  public StructuralSimilarity withWindowSize(int size) {
    return with(WINDOW_SIZE, size);
  }

  /** Returns this loss with another standard deviation &gt; 0 of the window. */
  public StructuralSimilarity withSigma(double sigma) {
    return with(SIGMA, sigma);
  }

  /** Returns this loss for values that span another range &gt; 0. */
  public StructuralSimilarity withDataRange(double range) {
    return with(DATA_RANGE, range);
  }

  /** Returns this loss with another constant &gt; 0 in the comparison of means. */
  public StructuralSimilarity withK1(double k1) {
    return with(K1, k1);
  }

  /** Returns this loss with another constant &gt; 0 in the comparison of variances. */
  public StructuralSimilarity withK2(double k2) {
    return with(K2, k2);
  }

  /** Unless it activates, it compares pictures of any numbers. */
  @Override
  public PredictionKind predictionKind() {
    return get(Options.ACTIVATION) == Activation.NONE
        ? PredictionKind.VALUES
        : PredictionKind.LOGITS;
  }

  @Override
  Demand demand() {
    return Demand.spatial(2).ofNumbers();
  }

  @Override
  Tensor value(LossInputs s, Tensor p, Tensor t) {
    requireRoom(s.shape());
    // Variances are the same about any point, and lose least about one in the middle.
    Tensor middleP = middle(s, p);
    Tensor middleT = middle(s, t);
    Tensor fromP = p.minus(middleP);
    Tensor fromT = t.minus(middleT);
    Tensor meanFromP = blurred(fromP);
    Tensor meanFromT = blurred(fromT);
    // No variance is below 0, but for rounding.
    Tensor ofDifference =
        blurred(fromP.minus(fromT).square()).minus(meanFromP.minus(meanFromT).square()).relu();
    Tensor ofBoth =
        blurred(fromP.square().plus(fromT.square()))
            .minus(meanFromP.square().plus(meanFromT.square()))
            .relu();
    Tensor meanP = meanFromP.plus(middleP);
    Tensor meanT = meanFromT.plus(middleT);
    Tensor squares = meanP.square().plus(meanT.square());
    Tensor apart = meanP.minus(meanT).square();
    Tensor means = apart.div(squares.plus(constant(get(K1))));
    Tensor variances = ofDifference.div(ofBoth.plus(constant(get(K2))));
    return reduce(perSample(s, means.plus(variances).minus(means.times(variances))));
  }

  /** Nothing flows back: a picture moved as a whole has the same variances and covariance. */
  private static Tensor middle(LossInputs s, Tensor x) {
    return x.meanKeep(s.spatialAxes()).stopGradient();
  }

  private double constant(double k) {
    double root = k * get(DATA_RANGE);
    return root * root;
  }

  private void requireRoom(Shape shape) {
    for (int axis = 2; axis < shape.rank(); axis++) {
      if (shape.get(axis) < get(WINDOW_SIZE)) {
        throw new ShapeException(
            id()
                + ": prediction is "
                + shape
                + ", axis "
                + axis
                + " must be at least as long as the window ("
                + get(WINDOW_SIZE)
                + "); give a smaller windowSize");
      }
    }
  }

  /** Takes the weighted mean under every window: along one axis after the other. */
  private Tensor blurred(Tensor x) {
    int spatial = x.shape().rank() - 2;
    int[] sizes = x.shape().toArray();
    int[] planes = sizes.clone();
    planes[0] = sizes[0] * sizes[1];
    planes[1] = 1;
    Tensor blurred = x.reshape(planes);
    for (int axis = 0; axis < spatial; axis++) {
      int[] weight = new int[spatial + 2];
      Arrays.fill(weight, 1);
      weight[axis + 2] = get(WINDOW_SIZE);
      blurred = blurred.convolve(gaussian().reshape(weight), 1, 0);
    }
    int[] result = blurred.shape().toArray();
    result[0] = sizes[0];
    result[1] = sizes[1];
    return blurred.reshape(result);
  }

  /** Computed in the program: a constant made anew by each trace would be a program of its own. */
  private Tensor gaussian() {
    int size = get(WINDOW_SIZE);
    Tensor distance = Tensor.iota(size).minus((size - 1) / 2.0).div(get(SIGMA));
    Tensor weights = distance.square().times(-0.5).exp();
    return weights.div(weights.sum());
  }

  /** Returns the mean over channels and windows, weighed at their centres. */
  private Tensor perSample(LossInputs s, Tensor values) {
    int[] axes = IntStream.range(1, values.shape().rank()).toArray();
    Tensor weight = s.valid().weight();
    if (weight == null) {
      return values.mean(axes);
    }
    Tensor centres = weight;
    for (int axis : s.spatialAxes()) {
      int before = (get(WINDOW_SIZE) - 1) / 2;
      centres = centres.slice(axis, before, before + values.shape().get(axis));
    }
    return ValidMask.ratio(
        values.times(centres).sum(axes), centres.sum(axes).times(values.shape().get(1)));
  }
}
