package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Colours of more than 8 bits that a mask has, which must still be told apart in 8 bits. */
final class DeepColours {
  private final Map<Integer, double[]> known = new HashMap<>();
  private @Nullable String same;

  /**
   * Adds the colour of a pixel.
   *
   * @param rgb the colour in 8 bits
   * @param rows red, green and blue of a row, as they are stored
   * @return whether it is other than grey
   */
  boolean add(int rgb, double[][] rows, int x) {
    double[] colour = {rows[0][x], rows[1][x], rows[2][x]};
    double[] before = known.putIfAbsent(rgb, colour);
    if (same == null && before != null && !Arrays.equals(before, colour)) {
      same = word(before) + " and " + word(colour);
    }
    return colour[0] != colour[1] || colour[0] != colour[2];
  }

  private static String word(double[] colour) {
    return DoubleStream.of(colour)
        .mapToObj(one -> one == (long) one ? String.valueOf((long) one) : String.valueOf(one))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * Proves that no two are one in 8 bits.
   *
   * @throws BadInput if some are
   */
  void requireDistinct(Source mask) {
    if (same != null) {
      throw new BadInput(
          mask
              + ": holds the colours "
              + same
              + ", which are one in 8 bits; save masks as grey or palette pictures.");
    }
  }
}
