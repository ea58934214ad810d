package io.lossmith.autodiff;

import io.lossmith.core.ShapeException;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;

/**
 * The elementwise half of {@link Tensor}: arithmetic, comparisons and functions of one element. Two
 * operands broadcast as in NumPy: axes are matched from the last, sizes must be equal or one of
 * them 1; anything else is a {@link ShapeException}. NaN in gives NaN out unless a method says
 * otherwise.
 */
abstract sealed class ElementwiseTensor permits Foldable {
  abstract Node node();

  /** Returns this + other; shapes broadcast. */
  public Tensor plus(Tensor other) {
    return Arithmetic.binary("plus", Binary.ADD, self(), other);
  }

  /** Returns this + other. */
  public Tensor plus(double other) {
    return Arithmetic.binary("plus", Binary.ADD, self(), other);
  }

  /** Returns this − other; shapes broadcast. */
  public Tensor minus(Tensor other) {
    return Arithmetic.binary("minus", Binary.SUBTRACT, self(), other);
  }

  /** Returns this − other. */
  public Tensor minus(double other) {
    return Arithmetic.binary("minus", Binary.SUBTRACT, self(), other);
  }

  /**
   * Returns number − this; the r is for reversed, as in PyTorch and ND4J. {@code p.rsub(1)} is 1 −
   * p.
   */
  public Tensor rsub(double number) {
    return Arithmetic.subtractedFrom(number, self());
  }

  /** Returns this · other; shapes broadcast; 0 · ∞ is NaN. */
  public Tensor times(Tensor other) {
    return Arithmetic.binary("times", Binary.MULTIPLY, self(), other);
  }

  /** Returns this · other; 0 · ∞ is NaN. */
  public Tensor times(double other) {
    return Arithmetic.binary("times", Binary.MULTIPLY, self(), other);
  }

  /**
   * Returns this / other; shapes broadcast; x / 0 is ±∞, 0 / 0 is NaN. A gradient of 0 stops here,
   * also where other is 0.
   */
  public Tensor div(Tensor other) {
    return Arithmetic.binary("div", Binary.DIVIDE, self(), other);
  }

  /** Returns this / other; x / 0 is ±∞, 0 / 0 is NaN. */
  public Tensor div(double other) {
    return Arithmetic.binary("div", Binary.DIVIDE, self(), other);
  }

  /**
   * Returns number / this, the reverse of {@link #div(double)}; x / 0 is ±∞, 0 / 0 is NaN. A
   * gradient of 0 stops here, also where this is 0.
   */
  public Tensor rdiv(double number) {
    return Arithmetic.binary("rdiv", Binary.DIVIDE, Creation.scalar(number), self());
  }

  /** Returns −this. */
  public Tensor unaryMinus() {
    return Arithmetic.unary(Unary.NEGATE, self());
  }

  /**
   * Returns this to the power of the exponent, as {@link Math#pow}; shapes broadcast.
   *
   * <p>The slope in the base x is y·x^(y−1), and 0 where the exponent y is 0, at x = 0 too; for 0
   * &lt; y &lt; 1 it is ∞ at x = 0. The slope in the exponent is x^y·ln x, and 0 where x = 0 and y
   * ≥ 0 (as in PyTorch). A gradient of 0 stops here, whatever the slopes.
   */
  public Tensor pow(Tensor exponent) {
    return Arithmetic.binary("pow", Binary.POWER, self(), exponent);
  }

  /** Returns this to the power of the exponent, with the slope of {@link #pow(Tensor)}. */
  public Tensor pow(double exponent) {
    return Arithmetic.power(self(), exponent);
  }

  /** Returns the larger of this and other; shapes broadcast. Ties share the gradient by halves. */
  public Tensor maximum(Tensor other) {
    return Arithmetic.binary("maximum", Binary.MAXIMUM, self(), other);
  }

  /** Returns the larger of this and other; where they tie the slope is ½. */
  public Tensor maximum(double other) {
    return Arithmetic.binary("maximum", Binary.MAXIMUM, self(), other);
  }

  /** Returns the smaller of this and other; shapes broadcast. Ties share the gradient by halves. */
  public Tensor minimum(Tensor other) {
    return Arithmetic.binary("minimum", Binary.MINIMUM, self(), other);
  }

  /** Returns the smaller of this and other; where they tie the slope is ½. */
  public Tensor minimum(double other) {
    return Arithmetic.binary("minimum", Binary.MINIMUM, self(), other);
  }

  /**
   * Returns this, with what is below {@code low} replaced by it and what is above {@code high} by
   * that. The slope is 1 from {@code low} to {@code high}, both included, and 0 elsewhere.
   *
   * @throws IllegalArgumentException if {@code low} is above {@code high} or one of them is NaN
   */
  public Tensor clamp(double low, double high) {
    return Arithmetic.clamp(self(), low, high);
  }

  /** Returns |this|; the slope at 0 is 0. */
  public Tensor abs() {
    return Arithmetic.unary(Unary.ABS, self());
  }

  /** Returns −1, 0 or 1 by the sign; the slope is 0. */
  public Tensor sign() {
    return Arithmetic.unary(Unary.SIGN, self());
  }

  /** Returns max(this, 0); the slope at 0 is 0. */
  public Tensor relu() {
    return Arithmetic.unary(Unary.RELU, self());
  }

  /** Returns this · this. */
  public Tensor square() {
    return Arithmetic.unary(Unary.SQUARE, self());
  }

  /**
   * Returns the square root; NaN below 0. The slope at 0 is ∞; a gradient of 0 stops here all the
   * same, and where what is below the root has the slope 0 the product is 0. So a norm, {@code
   * x.square().sum().sqrt()}, and a standard deviation have the gradient 0 at 0.
   */
  public Tensor sqrt() {
    return Arithmetic.unary(Unary.SQRT, self());
  }

  /** Returns 1 / this; ±∞ at ±0, where a gradient of 0 stops. */
  public Tensor reciprocal() {
    return Arithmetic.unary(Unary.RECIPROCAL, self());
  }

  /** Returns e to the power of this; a gradient of 0 stops here, also where that is ∞. */
  public Tensor exp() {
    return Arithmetic.unary(Unary.EXP, self());
  }

  /**
   * Returns the natural logarithm; −∞ at 0, where the slope is ∞ and a gradient of 0 stops; NaN
   * below.
   */
  public Tensor log() {
    return Arithmetic.unary(Unary.LOG, self());
  }

  /** Returns ln(1 + this), exact for small values; −∞ at −1, where a gradient of 0 stops. */
  public Tensor log1p() {
    return Arithmetic.unary(Unary.LOG1P, self());
  }

  /** Returns 1 / (1 + e^−this), without overflow. */
  public Tensor sigmoid() {
    return Arithmetic.unary(Unary.SIGMOID, self());
  }

  /** Returns ln(1 + e^this), without overflow; its slope is {@link #sigmoid}. */
  public Tensor softplus() {
    return Arithmetic.unary(Unary.SOFTPLUS, self());
  }

  /** Returns the hyperbolic tangent. */
  public Tensor tanh() {
    return Arithmetic.unary(Unary.TANH, self());
  }

  /** Returns the arc tangent, in radians. */
  public Tensor atan() {
    return Arithmetic.unary(Unary.ATAN, self());
  }

  /** Returns the greatest whole number not above each element; the slope is 0. */
  public Tensor floor() {
    return Arithmetic.unary(Unary.FLOOR, self());
  }

  /** Returns the nearest whole number, the even one at a tie; the slope is 0. */
  public Tensor rint() {
    return Arithmetic.unary(Unary.RINT, self());
  }

  /** Returns 1 where this = other, else 0; −0 equals 0, NaN equals nothing. No gradient. */
  public Tensor equalTo(Tensor other) {
    return Arithmetic.binary("equalTo", Binary.EQUAL, self(), other);
  }

  /** Returns 1 where this = other, else 0; −0 equals 0, NaN equals nothing. No gradient. */
  public Tensor equalTo(double other) {
    return Arithmetic.binary("equalTo", Binary.EQUAL, self(), other);
  }

  /** Returns 1 where this ≠ other, else 0; NaN differs from everything. No gradient. */
  public Tensor notEqualTo(Tensor other) {
    return Arithmetic.binary("notEqualTo", Binary.NOT_EQUAL, self(), other);
  }

  /** Returns 1 where this ≠ other, else 0; NaN differs from everything. No gradient. */
  public Tensor notEqualTo(double other) {
    return Arithmetic.binary("notEqualTo", Binary.NOT_EQUAL, self(), other);
  }

  /** Returns 1 where this &lt; other, else 0, for NaN too. No gradient. */
  public Tensor lessThan(Tensor other) {
    return Arithmetic.binary("lessThan", Binary.LESS, self(), other);
  }

  /** Returns 1 where this &lt; other, else 0, for NaN too. No gradient. */
  public Tensor lessThan(double other) {
    return Arithmetic.binary("lessThan", Binary.LESS, self(), other);
  }

  /** Returns 1 where this ≤ other, else 0, for NaN too. No gradient. */
  public Tensor lessOrEqual(Tensor other) {
    return Arithmetic.binary("lessOrEqual", Binary.LESS_EQUAL, self(), other);
  }

  /** Returns 1 where this ≤ other, else 0, for NaN too. No gradient. */
  public Tensor lessOrEqual(double other) {
    return Arithmetic.binary("lessOrEqual", Binary.LESS_EQUAL, self(), other);
  }

  /** Returns 1 where this &gt; other, else 0, for NaN too. No gradient. */
  public Tensor greaterThan(Tensor other) {
    return Arithmetic.binary("greaterThan", Binary.LESS, other, self());
  }

  /** Returns 1 where this &gt; other, else 0, for NaN too. No gradient. */
  public Tensor greaterThan(double other) {
    return Arithmetic.binary("greaterThan", Binary.LESS, Creation.scalar(other), self());
  }

  /** Returns 1 where this ≥ other, else 0, for NaN too. No gradient. */
  public Tensor greaterOrEqual(Tensor other) {
    return Arithmetic.binary("greaterOrEqual", Binary.LESS_EQUAL, other, self());
  }

  /** Returns 1 where this ≥ other, else 0, for NaN too. No gradient. */
  public Tensor greaterOrEqual(double other) {
    return Arithmetic.binary("greaterOrEqual", Binary.LESS_EQUAL, Creation.scalar(other), self());
  }

  final Tensor self() {
    return (Tensor) this;
  }
}
