package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Unary;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;

/**
 * Elementwise loops on one operand, of at least {@link Lanes#LANES} elements.
 *
 * <p>Every loop has the same three parts. The last vector ends with the stretch, so it overlaps its
 * neighbour where the length is not a whole number of vectors: no scalar tail, and each element is
 * computed in the same way wherever it stands. It is computed first, because the loop may overwrite
 * its operands, and stored last. A loop returns the length, as some do less than all of it.
 *
 * <p>Those that compute more than they load are built otherwise, see {@link SimdFunctions}.
 *
 * <p>Loops are called through an interface with more implementations than the JIT inlines, so each
 * is compiled by itself. Together in one compilation they exceed what it inlines at all; the
 * vectors of some, now these, now those, would become objects.
 */
final class SimdUnary {
  /** The loop of each operation, and behind them those for what some leave. */
  private static final Loop[] LOOPS =
      Stream.concat(
              Arrays.stream(Unary.values()).map(SimdUnary::loop),
              Stream.<Loop>of(SimdFunctions::logOfAny, SimdFunctions::log1pOfAny))
          .toArray(Loop[]::new);

  private static final int LOG_OF_ANY = Unary.values().length;

  private SimdUnary() {}

  private interface Loop {
    int run(float[] a, int ao, float[] out, int oo, int n);
  }

  /**
   * Returns whether the loop of the operation did it all: of a logarithm, whether all were positive
   * normal floats. There is one call for all loops, so that it has many targets.
   */
  static boolean run(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    int loop = op.ordinal();
    while (LOOPS[loop].run(a, ao, out, oo, n) < n) {
      loop = op == Unary.LOG ? LOG_OF_ANY : LOG_OF_ANY + 1;
    }
    return loop < LOG_OF_ANY;
  }

  private static Loop loop(Unary op) {
    return switch (op) {
      // ElementwiseLoops: cases
      case NEGATE -> SimdUnary::negate;
      case ABS -> SimdUnary::abs;
      case SIGN -> SimdUnary::sign;
      case RELU -> SimdUnary::relu;
      case SQUARE -> SimdUnary::square;
      case SQRT -> SimdUnary::sqrt;
      case RECIPROCAL -> SimdUnary::reciprocal;
      case EXP -> SimdFunctions::exp;
      case LOG -> SimdFunctions::log;
      case LOG1P -> SimdFunctions::log1p;
      case SIGMOID -> SimdFunctions::sigmoid;
      case SOFTPLUS -> SimdFunctions::softplus;
      case TANH -> SimdFunctions::tanh;
      case ATAN -> SimdFunctions::atan;
      case FLOOR -> SimdFunctions::floor;
      case RINT -> SimdFunctions::rint;
        // end
    };
  }

  // ElementwiseLoops: loops

  private static int negate(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).neg();
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).neg().intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int abs(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).abs();
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).abs().intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int sign(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = SimdMath.sign(FloatVector.fromArray(SPECIES, a, ao + last));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.sign(FloatVector.fromArray(SPECIES, a, ao + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int relu(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = SimdMath.relu(FloatVector.fromArray(SPECIES, a, ao + last));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.relu(FloatVector.fromArray(SPECIES, a, ao + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int square(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = SimdMath.square(FloatVector.fromArray(SPECIES, a, ao + last));
    for (int i = 0; i < last; i += LANES) {
      SimdMath.square(FloatVector.fromArray(SPECIES, a, ao + i)).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int sqrt(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = FloatVector.fromArray(SPECIES, a, ao + last).sqrt();
    for (int i = 0; i < last; i += LANES) {
      FloatVector.fromArray(SPECIES, a, ao + i).sqrt().intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static int reciprocal(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail =
        FloatVector.broadcast(SPECIES, 1f).div(FloatVector.fromArray(SPECIES, a, ao + last));
    for (int i = 0; i < last; i += LANES) {
      FloatVector.broadcast(SPECIES, 1f)
          .div(FloatVector.fromArray(SPECIES, a, ao + i))
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
  // end
}
