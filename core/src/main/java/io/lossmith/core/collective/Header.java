package io.lossmith.core.collective;

import io.lossmith.core.op.Fold;
import java.nio.ByteBuffer;

/**
 * What stands before the numbers of a message, of the exchange that a worker is at; it must be that
 * of the receiver, too.
 */
final class Header {
  /** How long it is, in bytes. */
  static final int BYTES = 16;

  /** Stands in place of a fold where a worker says why it leaves. */
  private static final int LEAVES = 255;

  private long exchange = -1;
  private Fold fold = Fold.SUM;
  private boolean isDouble;
  private int count;

  /**
   * Goes on to the next exchange.
   *
   * @param fold how numbers are joined
   * @param isDouble whether they are doubles, or floats
   * @param count how many numbers each worker has, which may be more than a message holds
   */
  void next(Fold fold, boolean isDouble, int count) {
    exchange++;
    this.fold = fold;
    this.isDouble = isDouble;
    this.count = count;
  }

  void put(ByteBuffer to) {
    to.putLong(0, exchange).putInt(8, kind()).putInt(12, count);
  }

  private int kind() {
    return fold.ordinal() << 1 | (isDouble ? 1 : 0);
  }

  /** Puts the beginning of a message of so many bytes that says why a worker leaves. */
  static void putLeaves(ByteBuffer to, int bytes) {
    to.putLong(0, -1).putInt(8, LEAVES).putInt(12, bytes);
  }

  /** Tells whether a message, read from its beginning, says why a worker leaves. */
  static boolean leaves(ByteBuffer message) {
    return message.getInt(8) == LEAVES;
  }

  /** Returns how many bytes the reason has. */
  static int reason(ByteBuffer message) {
    return Math.max(0, message.getInt(12));
  }

  boolean isThatOf(ByteBuffer message) {
    return message.getLong(0) == exchange
        && message.getInt(8) == kind()
        && message.getInt(12) == count;
  }

  /** Returns in words what a message asks for. */
  static String words(ByteBuffer message) {
    int kind = message.getInt(8);
    Fold[] folds = Fold.values();
    String fold = kind >> 1 < folds.length && kind >= 0 ? folds[kind >> 1].label() : "fold " + kind;
    return words(message.getLong(0), fold, (kind & 1) == 1, message.getInt(12));
  }

  private static String words(long exchange, String fold, boolean isDouble, int count) {
    String type = isDouble ? " doubles" : " floats";
    return "exchange " + exchange + ", the " + fold + " of " + count + type;
  }

  @Override
  public String toString() {
    return words(exchange, fold.label(), isDouble, count);
  }
}
