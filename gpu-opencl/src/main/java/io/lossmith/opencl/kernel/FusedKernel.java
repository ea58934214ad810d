package io.lossmith.opencl.kernel;

/**
 * The base class of generated kernels: the operations, in float, in the part of Java that Aparapi
 * translates to OpenCL. Public only because generated classes extend it from a loader of their own.
 *
 * <p>Every float literal carries its {@code f}: a double would demand hardware that has it. There
 * are no branches but choices between two values, so that drivers for processors can use vector
 * units. The functions that need many steps are in {@link KernelFunctions}.
 */
public abstract class FusedKernel extends KernelFunctions {
  /** Created by the loader of the generated class. */
  protected FusedKernel() {}

  /** Aparapi runs a kernel on Java threads when a device fails; this one does not let it. */
  @NoCL
  public final void requireDevice() {
    throw new NotOnDevice();
  }

  /** −x. */
  protected final float negateOf(float x) {
    return -x;
  }

  /** |x|. */
  protected final float absOf(float x) {
    return abs(x);
  }

  /** −1, 0 or 1; NaN stays. */
  protected final float signOf(float x) {
    return x > 0f ? 1f : (x < 0f ? -1f : x);
  }

  /** max(x, 0); NaN stays. */
  protected final float reluOf(float x) {
    return x <= 0f ? 0f : x;
  }

  /** x². */
  protected final float squareOf(float x) {
    return x * x;
  }

  /** √x. */
  protected final float sqrtOf(float x) {
    return sqrt(x);
  }

  /** 1/x. */
  protected final float reciprocalOf(float x) {
    return 1f / x;
  }

  /** 1 / (1 + e⁻ˣ), without overflow. */
  protected final float sigmoidOf(float x) {
    float e = expOf(-abs(x));
    float large = 1f / (1f + e);
    return x >= 0f ? large : e * large;
  }

  /** ln(1 + eˣ), without overflow. */
  protected final float softplusOf(float x) {
    return reluOf(x) + logarithmOfOnePlus(expOf(-abs(x)));
  }

  /** The greatest whole number not above x. */
  protected final float floorOf(float x) {
    return floor(x);
  }

  /** The nearest whole number, the even one at a tie. */
  protected final float rintOf(float x) {
    return rint(x);
  }

  /** The larger, 0 being larger than −0; NaN if one is NaN. */
  protected final float maximum(float a, float b) {
    float equal = a == 0f ? a + b : a;
    float other = a == b ? equal : a + b;
    return a > b ? a : (a < b ? b : other);
  }

  /** The smaller, −0 being smaller than 0; NaN if one is NaN. */
  protected final float minimum(float a, float b) {
    float equal = a == 0f ? -(-a - b) : a;
    float other = a == b ? equal : a + b;
    return a < b ? a : (a > b ? b : other);
  }

  /** a to the power b as Java has it, where C says 1 for a power of 1 by NaN or infinity. */
  protected final float power(float a, float b) {
    float raised = pow(a, b);
    float finite = b - b;
    float one = abs(a) == 1f ? finite : 0f;
    return b != b ? b : raised + one;
  }

  /** 1 where a = b, else 0. */
  protected final float equal(float a, float b) {
    return a == b ? 1f : 0f;
  }

  /** 1 where a ≠ b, else 0. */
  protected final float notEqual(float a, float b) {
    return a != b ? 1f : 0f;
  }

  /** 1 where a &lt; b, else 0. */
  protected final float less(float a, float b) {
    return a < b ? 1f : 0f;
  }

  /** 1 where a ≤ b, else 0. */
  protected final float lessEqual(float a, float b) {
    return a <= b ? 1f : 0f;
  }

  /** The second where the first is not 0, else the third. */
  protected final float where(float condition, float chosen, float otherwise) {
    return condition != 0f ? chosen : otherwise;
  }

  /** A value from a place on, and another before it. */
  protected final float within(int place, int from, float value, float otherwise) {
    return place >= from ? value : otherwise;
  }

  /** The place from which on items of a tile count; none do after the last tile. */
  protected final int from(int tile, int tiles, int first) {
    return tile < tiles ? first : 2147483647;
  }

  /** What was lost when {@code sum} became {@code next} by adding {@code value}. */
  protected final float lost(float sum, float value, float next) {
    float added = next - sum;
    return (sum - (next - added)) + (value - added);
  }

  /** A sum and what it lost; an infinite sum lost nothing that could be told. */
  protected final float total(float sum, float lost) {
    return sum - sum == 0f ? sum + lost : sum;
  }

  /** The kernel was run by Java threads instead of the device. */
  static final class NotOnDevice extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOnDevice() {
      super("run on Java threads", null, false, false);
    }
  }
}
