package io.lossmith.core.collective;

import io.lossmith.core.op.Fold;
import java.nio.ByteBuffer;

/**
 * What stands before the numbers of a message: it must be that of the receiver, too.
 *
 * @param exchange the how many-th it is
 * @param fold how numbers are joined
 * @param isDouble whether they are doubles, or floats
 * @param count how many numbers each worker has, which may be more than a message holds
 */
record Header(long exchange, Fold fold, boolean isDouble, int count) {
  /** How long it is, in bytes. */
  static final int BYTES = 16;

  /** Stands in place of a fold where a worker says why it leaves. */
  private static final int LEAVES = 255;

  void put(ByteBuffer to) {
    to.putLong(exchange).putInt(fold.ordinal() << 1 | (isDouble ? 1 : 0)).putInt(count);
  }

  /** Puts the beginning of a message of so many bytes that says why a worker leaves. */
  static void putLeaves(ByteBuffer to, int bytes) {
    to.putLong(-1).putInt(LEAVES).putInt(bytes);
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
        && message.getInt(8) == (fold.ordinal() << 1 | (isDouble ? 1 : 0))
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
