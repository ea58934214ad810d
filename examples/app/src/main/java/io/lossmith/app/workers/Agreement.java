package io.lossmith.app.workers;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.collective.Collective;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** Proves that several workers were started alike, before they compute together. */
public final class Agreement {
  private Agreement() {}

  /**
   * Compares what each worker has with what worker 0 has. All come to the same answer.
   *
   * @param lines what this worker has, in words
   * @throws BadInput if one has something else, with its number and the first difference
   */
  public static void require(Collective worker, List<String> lines) {
    if (worker.size() == 1) {
      return;
    }
    byte[] own = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(own);
    int other = firstThatDiffers(worker, checksum.getValue());
    if (other > 0) {
      boolean asked = worker.rank() == 0 || worker.rank() == other;
      List<byte[]> told = Gathered.bytes(worker, asked ? own : new byte[0]);
      throw new BadInput(difference(other, lines(told.get(other)), lines(told.get(0))));
    }
  }

  /**
   * Proves that all have come to the same weights.
   *
   * @param checksum of this worker's
   * @throws BadInput if one has come to others than worker 0, with its number
   */
  public static void requireWeights(Collective worker, long checksum) {
    int other = firstThatDiffers(worker, checksum);
    if (other > 0) {
      throw new BadInput(
          "train: worker "
              + other
              + " has come to other weights than worker 0, must have the same bits; train anew on"
              + " machines with processors of one kind and sound memory.");
    }
  }

  /** Returns the first worker whose number is not that of worker 0, or 0. */
  private static int firstThatDiffers(Collective worker, long own) {
    double[] numbers = Gathered.numbers(worker, own);
    int other = 1;
    while (other < numbers.length && numbers[other] == numbers[0]) {
      other++;
    }
    return other < numbers.length ? other : 0;
  }

  private static List<String> lines(byte[] told) {
    return Arrays.asList(new String(told, StandardCharsets.UTF_8).split("\n"));
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
    return differ(other, words);
  }

  /** Says that a worker is not like another, which the words name. */
  public static String differ(int worker, String words) {
    return "train: worker "
        + worker
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
