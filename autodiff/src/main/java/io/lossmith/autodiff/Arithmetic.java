package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;

/** Builds elementwise operations. */
final class Arithmetic {
  private Arithmetic() {}

  static Tensor unary(Unary op, Tensor x) {
    return Tensor.make(op, x);
  }

  /** Names the user's method in the message: the operation has another name. */
  static Tensor binary(String who, Binary op, Tensor a, Tensor b) {
    if (a == null || b == null) {
      String name = op == Binary.POWER ? "exponent" : "other";
      throw new NullPointerException(who + ": " + name + " is null, must be a tensor");
    }
    Shape.broadcast(who, a.shape(), b.shape());
    return Tensor.make(op, a, b);
  }

  static Tensor binary(String who, Binary op, Tensor a, double b) {
    return binary(who, op, a, Creation.scalar(b));
  }

  /** As an addition, so that it joins with products before it and sums after it. */
  static Tensor subtractedFrom(double number, Tensor x) {
    return x.unaryMinus().plus(number);
  }

  /** Takes the cheap way where it is exactly the same. */
  static Tensor power(Tensor x, double exponent) {
    if (exponent == 1) {
      return x;
    }
    return exponent == 2 ? x.square() : binary("pow", Binary.POWER, x, exponent);
  }

  /** By choosing rather than by maximum and minimum: the slope at both ends is 1. */
  static Tensor clamp(Tensor x, double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "clamp: low is " + low + ", high is " + high + "; low must not be above high");
    }
    Tensor raised = low == Double.NEGATIVE_INFINITY ? x : where(x.lessThan(low), low, x);
    return high == Double.POSITIVE_INFINITY ? raised : where(x.greaterThan(high), high, raised);
  }

  private static Tensor where(Tensor condition, double a, Tensor b) {
    return where(condition, Creation.scalar(a), b);
  }

  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Shape chosen = Shape.broadcast("where", a.shape(), b.shape());
    Shape.broadcast("where", condition.shape(), chosen);
    return Tensor.make(Where.WHERE, condition, a, b);
  }
}
