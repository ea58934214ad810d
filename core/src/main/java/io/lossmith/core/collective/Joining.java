package io.lossmith.core.collective;

import io.lossmith.core.op.Fold;
import java.nio.ByteBuffer;

/** Joins the numbers of all workers, in the order of their ranks, in double. */
final class Joining {
  private static final int BLOCK = 4096;

  private final double[] sofar = new double[BLOCK];
  private final double[] next = new double[BLOCK];
  private final Floats floats = new Floats();
  private final Doubles doubles = new Doubles();

  /** A worker's own numbers, and how those of others are written in messages. */
  abstract class Numbers {
    abstract int bytes();

    abstract boolean isDouble();

    abstract void put(int from, int count, ByteBuffer to);

    abstract void take(int from, int count, ByteBuffer bytes);

    /** Reads some of its own as the next to be joined. */
    abstract void read(int from, int count);

    /** Reads some of another worker as the next to be joined. */
    abstract void read(ByteBuffer bytes, int from, int count);

    /** Writes what has been joined in place of its own. */
    abstract void store(int from, int count);

    abstract void release();

    final void join(int rank, Connections others, int from, int count, Fold fold) {
      for (int done = 0; done < count; done += BLOCK) {
        int some = Math.min(BLOCK, count - done);
        int other = 0;
        for (int worker = 0; worker < others.size(); worker++) {
          if (worker == rank) {
            read(from + done, some);
          } else {
            read(others.all().get(other++).received(), done, some);
          }
          add(worker == 0, some, fold);
        }
        store(from + done, some);
      }
    }
  }

  private void add(boolean isFirst, int count, Fold fold) {
    if (isFirst) {
      System.arraycopy(next, 0, sofar, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      sofar[i] = fold.apply(sofar[i], next[i]);
    }
  }

  private final class Floats extends Numbers {
    private static final float[] NONE = {};
    private final float[] received = new float[BLOCK];
    private float[] own = NONE;

    @Override
    int bytes() {
      return Float.BYTES;
    }

    @Override
    boolean isDouble() {
      return false;
    }

    @Override
    void put(int from, int count, ByteBuffer to) {
      to.asFloatBuffer().put(own, from, count);
      to.position(to.position() + count * Float.BYTES);
    }

    @Override
    void take(int from, int count, ByteBuffer bytes) {
      bytes.asFloatBuffer().get(own, from, count);
    }

    @Override
    void read(int from, int count) {
      widen(own, from, count);
    }

    @Override
    void read(ByteBuffer bytes, int from, int count) {
      bytes.asFloatBuffer().get(from, received, 0, count);
      widen(received, 0, count);
    }

    private void widen(float[] values, int from, int count) {
      for (int i = 0; i < count; i++) {
        next[i] = values[from + i];
      }
    }

    @Override
    void store(int from, int count) {
      for (int i = 0; i < count; i++) {
        own[from + i] = (float) sofar[i];
      }
    }

    @Override
    void release() {
      own = NONE;
    }
  }

  private final class Doubles extends Numbers {
    private static final double[] NONE = {};
    private double[] own = NONE;

    @Override
    int bytes() {
      return Double.BYTES;
    }

    @Override
    boolean isDouble() {
      return true;
    }

    @Override
    void put(int from, int count, ByteBuffer to) {
      to.asDoubleBuffer().put(own, from, count);
      to.position(to.position() + count * Double.BYTES);
    }

    @Override
    void take(int from, int count, ByteBuffer bytes) {
      bytes.asDoubleBuffer().get(own, from, count);
    }

    @Override
    void read(int from, int count) {
      System.arraycopy(own, from, next, 0, count);
    }

    @Override
    void read(ByteBuffer bytes, int from, int count) {
      bytes.asDoubleBuffer().get(from, next, 0, count);
    }

    @Override
    void store(int from, int count) {
      System.arraycopy(sofar, 0, own, from, count);
    }

    @Override
    void release() {
      own = NONE;
    }
  }

  Numbers of(float[] values) {
    floats.own = values;
    return floats;
  }

  Numbers of(double[] values) {
    doubles.own = values;
    return doubles;
  }
}
