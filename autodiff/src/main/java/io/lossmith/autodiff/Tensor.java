package io.lossmith.autodiff;

/** Stands in for the tensor until it is there: the operators, and nothing behind them. */
public final class Tensor {
  /** A tensor without axes. */
  public static Tensor scalar(double number) {
    return new Tensor();
  }

  /** Adds a number to each element. */
  public Tensor plus(double number) {
    return this;
  }

  /** Adds another tensor. */
  public Tensor plus(Tensor other) {
    return this;
  }

  /** Subtracts a number from each element. */
  public Tensor minus(double number) {
    return this;
  }

  /** Subtracts another tensor. */
  public Tensor minus(Tensor other) {
    return this;
  }

  /** Multiplies each element by a number. */
  public Tensor times(double number) {
    return this;
  }

  /** Multiplies by another tensor. */
  public Tensor times(Tensor other) {
    return this;
  }

  /** Divides each element by a number. */
  public Tensor div(double number) {
    return this;
  }

  /** Divides by another tensor. */
  public Tensor div(Tensor other) {
    return this;
  }

  /** Changes the sign of each element. */
  public Tensor unaryMinus() {
    return this;
  }

  /** Sums over all axes. */
  public Tensor sum() {
    return this;
  }
}
