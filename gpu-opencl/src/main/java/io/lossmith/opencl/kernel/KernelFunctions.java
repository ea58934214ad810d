package io.lossmith.opencl.kernel;

import com.aparapi.Kernel;

/**
 * e to the power x and its kin, by the polynomials of the CPU engine (least-maximum fits of our
 * own, relative errors below 4e-7; results too small to be normal floats are 0). OpenCL has these
 * functions, too, but drivers for processors compute most of them value by value, up to a hundred
 * times slower, and each driver has errors of its own.
 */
public abstract class KernelFunctions extends Kernel {
  /** Adding this to what is small rounds it to a whole number and leaves that in the low bits. */
  private static final float ROUND = 12582912f;

  private static final int MANTISSA_BITS = 23;
  private static final int ONE_BITS = 0x3F800000;
  private static final int SQRT_HALF_BITS = 0x3F3504F3;
  private static final int MIN_NORMAL_BITS = 0x00800000;
  private static final int INFINITY_BITS = 0x7F800000;
  private static final float MIN_NORMAL = 1.17549435e-38f;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts, of which the first times an exponent is exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.1219444e-4f;

  /** Created by the loader of the generated class. */
  protected KernelFunctions() {}

  /** The bits of a float: a function of OpenCL. The body stands in where nothing runs. */
  @OpenCLMapping(mapTo = "as_int")
  protected final int bits(float x) {
    return 0;
  }

  /** The float with these bits: a function of OpenCL. The body stands in where nothing runs. */
  @OpenCLMapping(mapTo = "as_float")
  protected final float number(int bits) {
    return 0f;
  }

  /**
   * eˣ. Rounding the power of 2 down, not to the nearest, makes overflow to ∞ and underflow to 0
   * come out by themselves.
   */
  protected final float expOf(float x) {
    float v = x < -88f ? -88f : (x > 89f ? 89f : x);
    float k = (v * LOG2_E - 0.5f) + ROUND;
    float f = k - ROUND;
    float r = v - f * LN2_HIGH - f * LN2_LOW;
    float q = 0.0418549851f + r * (0.00786842406f + r * 0.00191248837f);
    float p = 1f + r + r * r * (0.500002265f + r * (0.166631907f + r * q));
    return p * number(bits(k + 127f) << MANTISSA_BITS);
  }

  /**
   * ln x; of the mantissa m it is 2 artanh((m − 1) / (m + 1)). Bits are compared, not numbers: PoCL
   * takes a comparison with a sum for a place to pair its operands at, and a nest in which it has
   * paired anything is not made vector code of any more.
   */
  protected final float logOf(float x) {
    int b = bits(x);
    float y = b < MIN_NORMAL_BITS ? x * 8388608f : x;
    float scale = b < MIN_NORMAL_BITS ? -23f : 0f;
    return logarithmOf(x, logarithmOfNormal(y, scale, 0f));
  }

  /** ln(1 + x) = ln u + (x − (u − 1)) / u, u being 1 + x rounded. */
  protected final float log1pOf(float x) {
    float u = 1f + x;
    float lost = (x - (u - 1f)) / u;
    return logarithmOf(u, logarithmOfNormal(u, 0f, lost));
  }

  /** The logarithm of x, which is {@code ln} unless x is infinite, 0, negative or NaN. */
  protected final float logarithmOf(float x, float ln) {
    int b = bits(x);
    float finite = b < INFINITY_BITS ? ln : x;
    return b > 0 ? finite : (b << 1 == 0 ? -INFINITY : Float.NaN);
  }

  /** ln x + power · ln 2 + more. */
  protected final float logarithmOfNormal(float x, float power, float more) {
    int b = bits(x);
    int k = (b - SQRT_HALF_BITS) >> MANTISSA_BITS;
    float m = number(b - (k << MANTISSA_BITS));
    float e = k + power;
    float t = (m - 1f) / (m + 1f);
    float z = t * t;
    float q = 0.66666776f + z * (0.3997756f + z * 0.29871392f);
    return ((q * z * t + more) + e * LN2_LOW + (t + t)) + e * LN2_HIGH;
  }

  /** ln(1 + e) for e from 0 to 1: e times a polynomial. */
  protected final float logarithmOfOnePlus(float e) {
    float q = 7.8225933e-2f + e * (-2.9505223e-2f + e * 5.23269e-3f);
    float p = -0.24842982f + e * (0.19106007f + e * (-0.13663244f + e * q));
    return e * (0.99999994f + e * (-0.49999493f + e * (0.33319098f + e * p)));
  }

  /** x P(x²) / Q(x²) up to ±9.01, beyond which the value stays. */
  protected final float tanhOf(float x) {
    float c = x < -9.01f ? -9.01f : (x > 9.01f ? 9.01f : x);
    float z = c * c;
    float s = 2.05961733e-5f + z * 1.33367077e-8f;
    float p = 1f + z * (0.133803666f + z * (0.00349480496f + z * s));
    float t = 0.00032843533f + z * 7.76922548e-7f;
    float q = 1f + z * (0.46713683f + z * (0.0258740038f + z * t));
    return c * p / q;
  }

  /** An odd polynomial up to 1, and above it what 1/x lacks to a right angle. */
  protected final float atanOf(float x) {
    float size = abs(x);
    float t = size > 1f ? 1f / size : size;
    float z = t * t;
    float s = 4.3211862e-2f + z * (-1.6367929e-2f + z * 2.9206926e-3f);
    float r = -0.14211056f + z * (0.106660046f + z * (-7.552215e-2f + z * s));
    float q = -0.33333153f + z * (0.19993773f + z * r);
    float near = t + z * t * q;
    float angle = size > 1f ? 1.57079637f - near : near;
    return x < 0f ? -angle : angle;
  }

  /**
   * a to the power b, b being from −16 to 16 (the error grows with it): 2 to the power b · log₂
   * |a|, of which the part b · exponent, which may be large, is exact.
   */
  protected final float smallPower(float a, float b) {
    float size = abs(a);
    float x = size < MIN_NORMAL ? size * 8388608f : size;
    int bit = bits(x);
    int exponent = (bit - SQRT_HALF_BITS) >> MANTISSA_BITS;
    float m = number(bit - (exponent << MANTISSA_BITS));
    float k = exponent + (size < MIN_NORMAL ? -23f : 0f);
    float s = (m - 1f) / (m + 1f);
    float z = s * s;
    float log2 = s * (2.88539f + z * (0.96179885f + z * (0.57671416f + z * 0.43174237f)));
    // The product of b's upper half with the exponent is exact, and so is what is left of it.
    float high = number(bits(b) & 0xFFFFF000) * k;
    float low = (b - number(bits(b) & 0xFFFFF000)) * k;
    float whole = (high + ROUND) - ROUND;
    float rest = b * log2 + ((high - whole) + low);
    float near = (rest + ROUND) - ROUND;
    float r = rest - near;
    float q = 9.618439e-3f + r * (1.3399003e-3f + r * 1.5353259e-4f);
    float p = 1f + r * (0.6931472f + r * (0.24022648f + r * (5.550332e-2f + r * q)));
    float raised = p * scale(whole + near);
    float odd = floor(b * 0.5f) * 2f != b ? -1f : 1f;
    float negative = floor(b) == b ? odd * raised : Float.NaN;
    float finite = a < 0f ? negative : raised;
    float edge = powerOfEdge(a, b, odd);
    float any = size == 0f ? edge : (size == INFINITY ? edge : finite);
    return b == 0f ? 1f : (a == a ? any : a);
  }

  /** 2 to a whole power, in two steps, as one float may not hold it. */
  protected final float scale(float power) {
    float least = power < -252f ? -252f : (power > 254f ? 254f : power);
    float part = floor(least * 0.5f);
    int first = bits(part + ROUND) << MANTISSA_BITS;
    int second = bits((least - part) + ROUND) << MANTISSA_BITS;
    return number(first + ONE_BITS) * number(second + ONE_BITS);
  }

  /** 0 or infinity to the power b, which is not 0; −0 and −∞ keep their sign if b is odd. */
  protected final float powerOfEdge(float a, float b, float odd) {
    float size = abs(a);
    float grown = size == 0f ? 0f : INFINITY;
    float shrunk = size == 0f ? INFINITY : 0f;
    float raised = b > 0f ? grown : shrunk;
    float whole = floor(b) == b ? odd : 1f;
    return 1f / a < 0f ? whole * raised : (a < 0f ? whole * raised : raised);
  }
}
