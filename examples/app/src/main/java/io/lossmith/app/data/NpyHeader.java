package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code .npy} file says about the array in it; format versions 1 to 3.
 *
 * @param type kind and bytes of an element, for example {@code f4}
 * @param order byte order of an element
 * @param fortran whether the first axis is the contiguous one
 * @param shape the sizes
 */
record NpyHeader(String type, ByteOrder order, boolean fortran, Shape shape) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[.*?\\])");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,L]*)\\)");
  private static final Pattern NUMERIC = Pattern.compile("[<>=|](f[248]|[iu][1248]|b1)");

  /** Reads the header and leaves the stream at the first element; {@code who} names the file. */
  static NpyHeader read(String who, DataInputStream in) throws IOException {
    try {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new BadInput(who + ": is not a .npy file; write it with numpy.save.");
      }
      int major = in.readUnsignedByte();
      in.readUnsignedByte();
      if (major < 1 || major > 3) {
        throw new BadInput(
            who + ": has .npy format version " + major + ", must be 1, 2 or 3; use numpy.save.");
      }
      long length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
      if (major > 1) {
        length |= (long) in.readUnsignedByte() << 16 | (long) in.readUnsignedByte() << 24;
      }
      byte[] text = in.readNBytes((int) Math.min(length, 1 << 20));
      if (text.length < length) {
        throw new EOFException();
      }
      return parse(who, new String(text, StandardCharsets.UTF_8));
    } catch (EOFException e) {
      throw new BadInput(who + ": is cut within its header; save it again.", e);
    }
  }

  private static NpyHeader parse(String who, String text) {
    String description = find(who, DESCRIPTION, text, "descr").replace("'", "");
    if (!NUMERIC.matcher(description).matches()) {
      throw new BadInput(
          who
              + ": holds elements of type "
              + description
              + ", must be numbers (float, integer or bool); convert with .astype('float32').");
    }
    boolean fortran = find(who, FORTRAN, text, "fortran_order").equals("True");
    String[] sizes = find(who, SHAPE, text, "shape").replace("L", "").split(",");
    int[] shape =
        Arrays.stream(sizes)
            .map(String::strip)
            .filter(size -> !size.isEmpty())
            .mapToInt(size -> size(who, size))
            .toArray();
    char order = description.charAt(0);
    ByteOrder bytes =
        order == '>'
            ? ByteOrder.BIG_ENDIAN
            : order == '=' ? ByteOrder.nativeOrder() : ByteOrder.LITTLE_ENDIAN;
    try {
      return new NpyHeader(description.substring(1), bytes, fortran, Shape.of(shape));
    } catch (ShapeException | ArithmeticException e) {
      throw new BadInput(
          who + ": shape " + Arrays.toString(shape) + " is too large; split the batch.", e);
    }
  }

  private static String find(String who, Pattern pattern, String text, String key) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new BadInput(who + ": its .npy header has no " + key + "; save it again.");
    }
    return matcher.group(1);
  }

  private static int size(String who, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new BadInput(who + ": an axis has size " + text + ", must be below 2^31.", e);
    }
  }
}
