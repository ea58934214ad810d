package io.lossmith.app.workers;

import io.lossmith.core.collective.Collective;
import io.lossmith.core.op.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What each of several workers has, told to all. */
public final class Gathered {
  /** How many bytes a double holds as a whole number. */
  private static final int BYTES = 6;

  private Gathered() {}

  /** Returns a number of each worker, by rank. */
  static double[] numbers(Collective worker, double own) {
    double[] numbers = new double[worker.size()];
    numbers[worker.rank()] = own;
    worker.allReduce(numbers, numbers.length, Fold.SUM);
    return numbers;
  }

  /** Returns the bytes of each worker, by rank. */
  public static List<byte[]> bytes(Collective worker, byte[] own) {
    double[] lengths = numbers(worker, own.length);
    int[] starts = new int[lengths.length + 1];
    for (int rank = 0; rank < lengths.length; rank++) {
      int doubles = ((int) lengths[rank] + BYTES - 1) / BYTES;
      starts[rank + 1] = Math.addExact(starts[rank], doubles);
    }
    double[] all = new double[starts[lengths.length]];
    pack(own, all, starts[worker.rank()]);
    worker.allReduce(all, all.length, Fold.SUM); // all but one are 0 at each place
    List<byte[]> gathered = new ArrayList<>();
    for (int rank = 0; rank < lengths.length; rank++) {
      gathered.add(unpack(all, starts[rank], (int) lengths[rank]));
    }
    return gathered;
  }

  private static void pack(byte[] bytes, double[] to, int start) {
    byte[] whole = Arrays.copyOf(bytes, (bytes.length + BYTES - 1) / BYTES * BYTES);
    for (int i = 0; i < whole.length; i += BYTES) {
      long number = 0;
      for (int k = 0; k < BYTES; k++) {
        number = number << Byte.SIZE | whole[i + k] & 0xFF;
      }
      to[start + i / BYTES] = number;
    }
  }

  private static byte[] unpack(double[] from, int start, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      long number = (long) from[start + i / BYTES];
      bytes[i] = (byte) (number >> Byte.SIZE * (BYTES - 1 - i % BYTES));
    }
    return bytes;
  }
}
