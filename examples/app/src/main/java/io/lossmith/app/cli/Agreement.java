package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.op.Fold;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** Proves that several workers were started alike, before they compute together. */
final class Agreement {
  private Agreement() {}

  /**
   * Compares what each worker has with what worker 0 has. All come to the same answer.
   *
   * @param lines what this worker has, in words
   * @throws BadInput if one has something else, with its number and the first difference
   */
  static void require(Collective worker, List<String> lines) {
    if (worker.size() == 1) {
      return;
    }
    byte[] own = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(own);
    double[] checksums = gathered(worker, checksum.getValue());
    int other = 1;
    while (other < checksums.length && checksums[other] == checksums[0]) {
      other++;
    }
    if (other < checksums.length) {
      List<String> first = told(worker, 0, own);
      throw new BadInput(difference(other, told(worker, other, own), first));
    }
  }

  /** Returns a number of each worker. */
  private static double[] gathered(Collective worker, double own) {
    double[] numbers = new double[worker.size()];
    numbers[worker.rank()] = own;
    worker.allReduce(numbers, numbers.length, Fold.SUM);
    return numbers;
  }

  /** Returns the lines of one worker. */
  private static List<String> told(Collective worker, int rank, byte[] own) {
    float[] letters = new float[(int) gathered(worker, own.length)[rank]];
    if (worker.rank() == rank) {
      for (int i = 0; i < letters.length; i++) {
        letters[i] = own[i];
      }
    }
    worker.allReduce(letters, letters.length, Fold.SUM);
    byte[] bytes = new byte[letters.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) letters[i];
    }
    return Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n"));
  }

  private static String difference(int other, List<String> lines, List<String> first) {
    String more = without(lines, first);
    String less = without(first, lines);
    String words =
        more.isEmpty() && less.isEmpty()
            ? " has the same as worker 0 in another order"
            : more.isEmpty()
                ? " lacks " + less + ", which worker 0 has"
                : " has " + more + ", worker 0 " + (less.isEmpty() ? "has not" : "has " + less);
    return "train: worker "
        + other
        + words
        + "; start all workers with the same options and pictures.";
  }

  /** Returns the first line that is not among others, or an empty text. */
  private static String without(List<String> lines, List<String> others) {
    Set<String> left = new LinkedHashSet<>(lines);
    left.removeAll(Set.copyOf(others));
    return left.isEmpty() ? "" : left.iterator().next();
  }
}
