package io.lossmith.app.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * From which pictures each piece of a batch may be. The pictures, in an order that is random and
 * stays, are divided into as many equal stretches as a batch has pieces, and each piece is of its
 * own stretch. So a batch has pieces from all over the pictures, over many batches each picture is
 * drawn as often as any other, and whoever cuts some of the pieces only needs some of the pictures.
 *
 * <p>A stretch may end within a picture, which then belongs to two, in parts: a stretch is as many
 * units long as there are pictures, a picture as many as there are stretches.
 */
final class Stretches {
  private final int[] order;
  private final int batch;

  /**
   * A picture, and the units of a stretch that are in it.
   *
   * @param picture its number
   * @param units how many
   */
  record Part(int picture, int units) {}

  /**
   * Divides pictures.
   *
   * @param pictures how many there are
   * @param batch how many pieces are in a batch
   * @param seed of their order
   */
  Stretches(int pictures, int batch, long seed) {
    this.order = new int[pictures];
    this.batch = batch;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < pictures; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
  }

  /** Returns how many pieces are in a batch. */
  int batch() {
    return batch;
  }

  /** Returns the number of a random picture that a piece may be of. */
  int draw(int piece, SplittableRandom random) {
    return order[at((long) piece * order.length + random.nextInt(order.length))];
  }

  /** Returns all pictures that a piece may be of. */
  List<Part> of(int piece) {
    long from = (long) piece * order.length;
    long to = from + order.length;
    List<Part> parts = new ArrayList<>();
    for (int i = at(from); i <= at(to - 1); i++) {
      long units = Math.min(to, (i + 1L) * batch) - Math.max(from, (long) i * batch);
      parts.add(new Part(order[i], (int) units));
    }
    return parts;
  }

  /** Returns the numbers of all pictures that pieces side by side may be of. */
  SortedSet<Integer> pictures(int first, int pieces) {
    SortedSet<Integer> pictures = new TreeSet<>();
    for (int piece = first; piece < first + pieces; piece++) {
      of(piece).forEach(part -> pictures.add(part.picture()));
    }
    return pictures;
  }

  private int at(long unit) {
    return (int) (unit / batch);
  }
}
