package io.lossmith.autodiff.optimizer;

import io.lossmith.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the numbers of all parameters are handed to a program. Each array of it takes a fraction of a
 * microsecond, and half of a network's are biases, of a few numbers: so short ones are copied into
 * one piece, behind the others, while each long one is a piece as it is.
 */
final class ParameterPieces {
  /** Fewer numbers are copied in less time than an array of their own takes. */
  private static final int LONG = 1024;

  private final int[] lengths;

  /** Which piece has the numbers of each parameter. */
  private final int[] pieceOf;

  /** Where they begin in an array of all, in which piece follows piece. */
  private final int[] places;

  /** Where each piece begins there, and the last one ends. */
  private final int[] starts;

  ParameterPieces(float[][] parameters) {
    lengths = Arrays.stream(parameters).mapToInt(array -> array.length).toArray();
    pieceOf = new int[lengths.length];
    places = new int[lengths.length];
    int longs = (int) Arrays.stream(lengths).filter(length -> length >= LONG).count();
    starts = new int[1 + longs + (longs < lengths.length ? 1 : 0)];
    int piece = 0;
    int place = 0;
    for (boolean isLong : new boolean[] {true, false}) {
      for (int k = 0; k < lengths.length; k++) {
        if (lengths[k] >= LONG == isLong) {
          pieceOf[k] = piece;
          places[k] = place;
          place = Math.addExact(place, lengths[k]);
          piece += isLong ? 1 : 0;
          starts[isLong ? piece : piece + 1] = place;
        }
      }
    }
  }

  /** Returns how many there are. */
  int count() {
    return starts.length - 1;
  }

  /** Returns where a piece begins in an array of all. */
  int start(int piece) {
    return starts[piece];
  }

  /** Returns how many numbers it has. */
  int length(int piece) {
    return starts[piece + 1] - starts[piece];
  }

  /** Returns how many numbers there are. */
  int total() {
    return starts[count()];
  }

  private boolean isLong(int k) {
    return lengths[k] >= LONG;
  }

  /** Returns for each parameter its part of the pieces. */
  List<Tensor> each(List<Tensor> pieces) {
    return IntStream.range(0, lengths.length)
        .mapToObj(
            k -> {
              int from = places[k] - starts[pieceOf[k]];
              return pieces.get(pieceOf[k]).slice(0, from, from + lengths[k]);
            })
        .toList();
  }

  /**
   * Puts arrays of the parameters where pieces are handed in.
   *
   * @param first where the first of them is among the inputs; that of short ones is an array of
   *     ours
   */
  void lay(float[][] arrays, float[][] inputs, int first) {
    for (int k = 0; k < lengths.length; k++) {
      int piece = pieceOf[k];
      if (isLong(k)) {
        inputs[first + piece] = arrays[k];
      } else {
        System.arraycopy(
            arrays[k], 0, inputs[first + piece], places[k] - starts[piece], lengths[k]);
      }
    }
  }

  /** Takes away arrays that were laid. */
  void pickUp(float[][] inputs, int first) {
    for (int k = 0; k < lengths.length; k++) {
      if (isLong(k)) {
        inputs[first + pieceOf[k]] = null;
      }
    }
  }

  /** Copies the numbers of each parameter out of an array of all. */
  void deal(float[] all, float[][] arrays) {
    for (int k = 0; k < lengths.length; k++) {
      System.arraycopy(all, places[k], arrays[k], 0, lengths[k]);
    }
  }

  /** Copies them into it. */
  void gather(float[][] arrays, float[] all) {
    for (int k = 0; k < lengths.length; k++) {
      System.arraycopy(arrays[k], 0, all, places[k], lengths[k]);
    }
  }
}
