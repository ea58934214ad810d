package io.lossmith.app.formats;

import java.nio.ByteBuffer;

/**
 * Numbers as a TIFF stores them, whole bytes each.
 *
 * @param bytes of all numbers, in the file's order
 * @param type of a number
 * @param size bytes of a number
 * @param width pixels in a row
 * @param pixelStep numbers from a pixel to the next
 * @param bandStep numbers from a band of a pixel to the next
 */
record TiffSamples(
    ByteBuffer bytes, SampleType type, int size, int width, int pixelStep, int bandStep)
    implements Samples {
  @Override
  public double at(int band, int x, int y) {
    return number((band * bandStep + (y * width + x) * pixelStep) * size);
  }

  private double number(int at) {
    return switch (type.kind()) {
      case DECIMAL -> decimal(at);
      case SIGNED -> signed(at);
      case UNSIGNED -> unsigned(at);
    };
  }

  private double decimal(int at) {
    return switch (size) {
      case 2 -> half(bytes.getShort(at));
      case 4 -> bytes.getFloat(at);
      default -> bytes.getDouble(at);
    };
  }

  private double signed(int at) {
    return switch (size) {
      case 1 -> bytes.get(at);
      case 2 -> bytes.getShort(at);
      case 4 -> bytes.getInt(at);
      default -> bytes.getLong(at);
    };
  }

  private double unsigned(int at) {
    return switch (size) {
      case 1 -> bytes.get(at) & 0xFF;
      case 2 -> bytes.getShort(at) & 0xFFFF;
      case 4 -> bytes.getInt(at) & 0xFFFFFFFFL;
      default -> {
        long number = bytes.getLong(at);
        yield number >= 0 ? number : (number >>> 1) * 2.0 + (number & 1);
      }
    };
  }

  /** IEEE 754's binary16: a sign, 5 bits of exponent, 10 of fraction. */
  static double half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double value =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(fraction + 1024.0, exponent - 25);
        };
    return bits < 0 ? -value : value;
  }
}
