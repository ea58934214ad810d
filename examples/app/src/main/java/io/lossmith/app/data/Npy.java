package io.lossmith.app.data;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import io.lossmith.core.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads and writes arrays in NumPy's {@code .npy} format. */
public final class Npy {
  private static final int ELEMENTS_AT_ONCE = 1 << 14;

  private Npy() {}

  /**
   * Reads an array of any number type, byte order and memory order.
   *
   * @throws BadInput if the file cannot be read, is cut, goes on after the array, or holds
   *     something else than numbers
   */
  public static NpyArray read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      NpyArray array = read(file.toString(), in);
      if (in.read() >= 0) {
        throw new BadInput(
            file + ": goes on after its array, must hold one; save each array as a file.");
      }
      return array;
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }

  /** Reads an array from a stream, which stays open; {@code who} names it in errors. */
  public static NpyArray read(String who, InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    NpyHeader header = NpyHeader.read(who, in);
    float[] values = elements(who, header, in);
    return new NpyArray(
        header.shape(), header.fortran() ? rowMajor(header.shape(), values) : values);
  }

  /** Writes an array of 32-bit floats; the file is whole or not there. */
  public static void write(Path file, Shape shape, float[] values) {
    AtomicFile.write(file, out -> write(out, shape, values));
  }

  /** Writes an array of 32-bit floats to a stream, which stays open. */
  public static void write(OutputStream out, Shape shape, float[] values) throws IOException {
    String sizes =
        Arrays.stream(shape.toArray()).mapToObj(size -> size + ", ").collect(Collectors.joining());
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes.stripTrailing() + "), }";
    int prefix = NpyHeader.MAGIC.length + 4;
    int padding = 63 - (prefix + text.length()) % 64; // data starts at a multiple of 64
    byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    out.write(NpyHeader.MAGIC);
    out.write(new byte[] {1, 0, (byte) header.length, (byte) (header.length >> 8)});
    out.write(header);
    ByteBuffer bytes = ByteBuffer.allocate(ELEMENTS_AT_ONCE * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < shape.count(); from += ELEMENTS_AT_ONCE) {
      int count = Math.min(ELEMENTS_AT_ONCE, shape.count() - from);
      bytes.clear().asFloatBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * 4);
    }
  }

  private static float[] elements(String who, NpyHeader header, DataInputStream in)
      throws IOException {
    int width = header.type().charAt(1) - '0';
    long want = (long) header.shape().count() * width;
    ByteBuffer bytes = ByteBuffer.allocate(ELEMENTS_AT_ONCE * width).order(header.order());
    float[] values = new float[0];
    int filled = 0;
    while (filled < header.shape().count()) {
      int ask = (int) Math.min(bytes.capacity(), want - (long) filled * width);
      int got = in.readNBytes(bytes.array(), 0, ask);
      if (got < ask) {
        throw new BadInput(
            who
                + ": is cut: "
                + ((long) filled * width + got)
                + " of "
                + want
                + " bytes of data are there; save it again.");
      }
      if (filled == 0) { // only now: a cut file of huge shape must not ask for huge memory
        values = new float[header.shape().count()];
      }
      for (int at = 0; at < got; at += width) {
        values[filled] = element(who, header.type(), bytes, at, filled);
        filled++;
      }
    }
    return values;
  }

  private static float element(String who, String type, ByteBuffer bytes, int at, int index) {
    return switch (type) {
      case "f4" -> bytes.getFloat(at);
      case "f8" -> narrow(who, bytes.getDouble(at), index);
      case "f2" -> half(bytes.getShort(at));
      case "i1" -> bytes.get(at);
      case "i2" -> bytes.getShort(at);
      case "i4" -> bytes.getInt(at);
      case "i8" -> bytes.getLong(at);
      case "u1" -> bytes.get(at) & 0xFF;
      case "u2" -> bytes.getShort(at) & 0xFFFF;
      case "u4" -> bytes.getInt(at) & 0xFFFFFFFFL;
      case "u8" -> {
        long bits = bytes.getLong(at);
        yield bits >= 0 ? bits : (float) ((bits >>> 1) * 2.0);
      }
      default -> bytes.get(at) != 0 ? 1 : 0; // b1: the header lets nothing else through
    };
  }

  private static float narrow(String who, double value, int index) {
    float narrow = (float) value;
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw new BadInput(
          who + ": element " + index + " is " + value + ", must be within ±3.4e38 (float32).");
    }
    return narrow;
  }

  /** IEEE half precision: 1 bit sign, 5 bits exponent, 10 bits fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double size =
        exponent == 0x1F
            ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
            : exponent == 0
                ? Math.scalb((double) fraction, -24)
                : Math.scalb(1024.0 + fraction, exponent - 25);
    return (float) (bits < 0 ? -size : size);
  }

  private static float[] rowMajor(Shape shape, float[] columnMajor) {
    float[] values = new float[columnMajor.length];
    int[] at = new int[shape.rank()];
    for (int i = 0; i < values.length; i++) {
      int from = 0;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        from = from * shape.get(axis) + at[axis];
      }
      values[i] = columnMajor[from];
      for (int axis = shape.rank() - 1; axis >= 0 && ++at[axis] == shape.get(axis); axis--) {
        at[axis] = 0;
      }
    }
    return values;
  }
}
