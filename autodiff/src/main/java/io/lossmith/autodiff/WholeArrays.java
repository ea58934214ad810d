package io.lossmith.autodiff;

import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.Window;
import java.util.List;
import java.util.Objects;

/** What {@link Tensor} can do with whole arrays: what sorting is made of, and what networks are. */
abstract sealed class WholeArrays extends Movable permits Tensor {
  // Ordering

  /**
   * Returns the order of the elements along an axis: position k holds where the k-th smallest
   * stands, or the k-th greatest, as a whole number. Stable: ties keep their order in both
   * directions; −0 ties with 0, NaN counts as greatest. No gradient.
   *
   * @throws ShapeException if the axis is longer than 2^24, where float is no longer exact
   */
  public Tensor argSort(int axis, boolean descending) {
    return Ordering.argSort(self(), axis, descending);
  }

  /** Returns the elements of an axis in the order of {@link #argSort}; gradients flow to them. */
  public Tensor sort(int axis, boolean descending) {
    return Ordering.sort(self(), axis, descending);
  }

  /**
   * Returns where the largest stands along the axis, which is dropped: whole numbers 0 … n − 1.
   * {@code [2, 5, 3].argMax(1)} is {@code [2, 3]}. Of elements that tie the first is taken; −0 ties
   * with 0; NaN counts as greatest (as in PyTorch). No gradient.
   *
   * @throws ShapeException if the axis has no element, or more than 2^24, where float is no longer
   *     exact
   */
  public Tensor argMax(int axis) {
    return Ordering.argExtreme("argMax", Fold.MAX, self(), axis);
  }

  /**
   * Returns where the smallest stands along the axis, which is dropped, as {@link #argMax}; here
   * NaN counts as smallest (as in PyTorch).
   *
   * @throws ShapeException if the axis has no element, or more than 2^24
   */
  public Tensor argMin(int axis) {
    return Ordering.argExtreme("argMin", Fold.MIN, self(), axis);
  }

  /**
   * Returns along an axis the elements that stand at the positions, in the positions' shape, which
   * may differ from this in that axis only. A position that is no whole number within the axis is
   * an {@link IllegalArgumentException} of the run that names it.
   */
  public Tensor gather(int axis, Tensor positions) {
    return Ordering.gather(self(), axis, positions);
  }

  /**
   * Returns an axis of the given length where each element of this is added at its position, one
   * for each; elsewhere 0. Positions are checked as by {@link #gather}, whose transpose this is.
   */
  public Tensor scatterAdd(int axis, Tensor positions, int length) {
    return Ordering.scatterAdd(self(), axis, positions, length);
  }

  /** Returns the sum of each element and all before it along an axis, added up in double. */
  public Tensor cumulativeSum(int axis) {
    return cumulativeSum(axis, false, false);
  }

  /**
   * Returns running sums along an axis, added up in double.
   *
   * @param exclusive whether an element's own value is left out
   * @param reverse whether the sum runs over what stands behind
   */
  public Tensor cumulativeSum(int axis, boolean exclusive, boolean reverse) {
    return Ordering.cumulativeSum(self(), axis, exclusive, reverse);
  }

  /**
   * Returns running sums in the order of keys, laid where each element stands, and ranks: {@code
   * [2, shape...]}. At 0 is the sum of this over all elements that are at or before it in the order
   * that {@link #argSort} gives the keys, at 1 how many those are. What a loss weighs by rank needs
   * no more: nothing is taken to a sorted order and back, which is much slower. Gradients flow to
   * this, not to the keys.
   *
   * @param keys of this shape
   * @throws ShapeException if the keys have another shape or the axis is longer than 2^24
   */
  public Tensor rankedSum(int axis, Tensor keys, boolean descending) {
    return Ordering.rankedSum(self(), axis, keys, descending);
  }

  /**
   * Returns 1 for each of the k greatest elements along an axis, else 0; of those that tie the
   * first are taken. NaN counts as greatest. No gradient.
   *
   * @param k a number, or one for each line, with the axis at 1; rounded down, below 1 none
   * @throws ShapeException if the axis is longer than 2^24
   */
  public Tensor isAmongGreatest(int axis, Tensor k) {
    return Ordering.isAmongGreatest(self(), axis, k);
  }

  // Networks: this is [batch, channels, spatial...], with one to three spatial axes

  /**
   * Returns the cross-correlation with a weight {@code [out, in, size...]} (as PyTorch's conv):
   * shape {@code [batch, out, positions...]}.
   */
  public Tensor convolve(Tensor weight, Window window) {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(window, "window");
    return NetworkOps.convolve(self(), weight, window);
  }

  /** Returns {@link #convolve(Tensor, Window)} with one stride and zero padding for all axes. */
  public Tensor convolve(Tensor weight, int stride, int padding) {
    return NetworkOps.convolve(self(), weight, stride, padding);
  }

  /**
   * Returns {@link #convolve(Tensor, Window)} by groups: the channels go in {@code groups} equal
   * parts, each through its part of a weight {@code [out, in / groups, size...]}, and come out one
   * after the other. As many groups as channels give each a kernel of its own.
   *
   * @throws ShapeException if the groups do not divide the channels that go in and come out
   */
  public Tensor convolve(Tensor weight, Window window, int groups) {
    return NetworkOps.convolve(self(), weight, window, groups);
  }

  /** Returns {@link #convolve(Tensor, Window, int)} with one stride and padding for all axes. */
  public Tensor convolve(Tensor weight, int stride, int padding, int groups) {
    return NetworkOps.convolve(self(), weight, stride, padding, groups);
  }

  /**
   * Returns what {@link #convolve(Tensor, Window)} sends back to its input, as a layer that makes
   * pictures larger: this {@code [batch, in, positions...]} and a weight {@code [in, out, size...]}
   * (as PyTorch's conv_transpose) give {@code [batch, out, sizes...]}. A stride leaves a choice of
   * sizes from which the convolution has as many positions; without sizes it is the smallest.
   */
  public Tensor convolveTransposed(Tensor weight, Window window, int... spatialSizes) {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(window, "window");
    return spatialSizes.length == 0
        ? NetworkOps.convolveTransposed(self(), weight, window)
        : NetworkOps.convolveTransposed(self(), weight, window, spatialSizes);
  }

  /**
   * Returns {@link #convolveTransposed(Tensor, Window, int...)} with one stride and padding for all
   * axes and the smallest sizes.
   */
  public Tensor convolveTransposed(Tensor weight, int stride, int padding) {
    return NetworkOps.convolveTransposed(self(), weight, stride, padding);
  }

  /**
   * Returns the largest of each window; the remainder of an axis is left out. Unlike {@link #max},
   * ties give all of the gradient to the first, as in PyTorch. NaN counts as greatest.
   */
  public Tensor maxPool(int size) {
    return NetworkOps.maxPool(self(), size, size, 0);
  }

  /** Returns {@link #maxPool(Window)} with one size, stride and padding for all axes. */
  public Tensor maxPool(int size, int stride, int padding) {
    return NetworkOps.maxPool(self(), size, stride, padding);
  }

  /** Returns {@link #maxPool(int)} under any window; padding is never chosen. */
  public Tensor maxPool(Window window) {
    Objects.requireNonNull(window, "window");
    return NetworkOps.maxPool(self(), List.of(window));
  }

  /**
   * Returns the largest under several windows, which must have as many positions: together they are
   * a window that need not be a box. Where windows tie, each takes half of the gradient that would
   * go to those before it.
   *
   * @throws IllegalArgumentException if there is no window
   */
  public Tensor maxPool(List<Window> windows) {
    return NetworkOps.maxPool(self(), windows);
  }

  /** Returns the mean of each window; zeros of the padding count. */
  public Tensor averagePool(Window window) {
    return NetworkOps.averagePool(self(), window);
  }

  /** Returns {@link #averagePool(Window)} with one size, stride and padding for all axes. */
  public Tensor averagePool(int size, int stride, int padding) {
    return NetworkOps.averagePool(self(), size, stride, padding);
  }

  /** Returns this with the spatial axes at other sizes: element i is taken from ⌊i · old / new⌋. */
  public Tensor resizeNearest(int... spatialSizes) {
    return NetworkOps.resize("resizeNearest", Resize.Mode.NEAREST, self(), spatialSizes);
  }

  /**
   * Returns this with the spatial axes at other sizes: element i is the one below its centre, ⌊(i +
   * ½) · old / new⌋, as PyTorch's "nearest-exact".
   */
  public Tensor resizeNearestExact(int... spatialSizes) {
    return NetworkOps.resize("resizeNearestExact", Resize.Mode.NEAREST_EXACT, self(), spatialSizes);
  }

  /**
   * Returns this with the spatial axes at other sizes, linear between the centres of elements: with
   * two axes bilinear, as PyTorch's interpolate without aligned corners.
   */
  public Tensor resizeLinear(int... spatialSizes) {
    return NetworkOps.resize("resizeLinear", Resize.Mode.LINEAR, self(), spatialSizes);
  }

  /**
   * Returns the Euclidean distance of each element that is not 0 to the nearest 0 of its plane, for
   * {@code [N, C, spatial...]} with 1 to 3 spatial axes: 0 where this is 0, infinite all over a
   * plane without a 0. A constant for gradients.
   *
   * @param spacing the distance of neighbours along each spatial axis; none for 1 along all
   * @throws IllegalArgumentException if a distance is not within 1e-30..1e30
   */
  public Tensor distanceTransform(double... spacing) {
    return NetworkOps.distanceTransform(self(), spacing);
  }

  // Matrices: this is [..., rows, columns]

  /** Returns the matrix product {@code [..., m, k] x [..., k, n]}; leading axes broadcast. */
  public Tensor matmul(Tensor other) {
    Objects.requireNonNull(other, "other");
    return Matrices.matmul(self(), other);
  }

  /**
   * Returns the lower triangular L with L·Lᵀ = this, for symmetric positive definite matrices
   * {@code [..., n, n]}; only the lower triangle of this is read. NaN or infinite from the first
   * column on at which a matrix is not positive definite. The program grows with n, so it is for
   * the few rows of a covariance.
   *
   * @throws ShapeException if the last two axes are not of one size, at least 1
   */
  public Tensor cholesky() {
    return Matrices.cholesky(self());
  }

  /**
   * Returns the pivots {@code [..., n]} of Gaussian elimination, the squares of what {@link
   * #cholesky} has on its diagonal, under the same conditions. All of them multiply to the
   * determinant, and the last k to that of what the last k variables of a covariance keep once the
   * others are known.
   *
   * @throws ShapeException if the last two axes are not of one size, at least 1
   */
  public Tensor pivots() {
    return Matrices.pivots("pivots", self());
  }

  /**
   * Returns ln det of symmetric positive definite matrices {@code [..., n, n]}, shape {@code
   * [...]}, under the conditions of {@link #cholesky}; NaN or infinite for others.
   *
   * @throws ShapeException if the last two axes are not of one size, at least 1
   */
  public Tensor logDeterminant() {
    return Matrices.logDeterminant(self());
  }
}
