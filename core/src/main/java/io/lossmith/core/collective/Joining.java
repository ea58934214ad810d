package io.lossmith.core.collective;

import io.lossmith.core.op.Fold;
import java.nio.ByteBuffer;

/** Joins the numbers of all workers, in the order of their ranks, in double. */
final class Joining {
  private static final int BLOCK = 4096;

  private final double[] sofar = new double[BLOCK];
  private final Floats floats = new Floats();
  private final Doubles doubles = new Doubles();

  /** A worker's own numbers. */
  abstract class Numbers {
    abstract int bytes();

    abstract boolean isDouble();

    abstract void put(int from, int count, ByteBuffer to);

    abstract void take(int from, int count, ByteBuffer bytes);

    /** Joins numbers with those so far, or takes them for the first. */
    abstract void join(boolean isFirst, int from, int count, Fold fold);

    abstract void join(boolean isFirst, ByteBuffer bytes, int from, int count, Fold fold);

    abstract void store(int from, int count);

    abstract void release();

    final void join(int rank, Connections others, int from, int count, Fold fold) {
      for (int done = 0; done < count; done += BLOCK) {
        int some = Math.min(BLOCK, count - done);
        int next = 0;
        for (int worker = 0; worker < others.size(); worker++) {
          if (worker == rank) {
            join(worker == 0, from + done, some, fold);
          } else {
            join(worker == 0, others.all().get(next++).received(), done, some, fold);
          }
        }
        store(from + done, some);
      }
    }

    final void add(boolean isFirst, int at, double value, Fold fold) {
      sofar[at] = isFirst ? value : fold.apply(sofar[at], value);
    }
  }

  private final class Floats extends Numbers {
    private static final float[] NONE = {};
    private final float[] block = new float[BLOCK];
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
    void join(boolean isFirst, int from, int count, Fold fold) {
      for (int i = 0; i < count; i++) {
        add(isFirst, i, own[from + i], fold);
      }
    }

    @Override
    void join(boolean isFirst, ByteBuffer bytes, int from, int count, Fold fold) {
      bytes.asFloatBuffer().get(from, block, 0, count);
      for (int i = 0; i < count; i++) {
        add(isFirst, i, block[i], fold);
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
    void join(boolean isFirst, int from, int count, Fold fold) {
      for (int i = 0; i < count; i++) {
        add(isFirst, i, own[from + i], fold);
      }
    }

    @Override
    void join(boolean isFirst, ByteBuffer bytes, int from, int count, Fold fold) {
      int start = bytes.position() + from * Double.BYTES;
      for (int i = 0; i < count; i++) {
        add(isFirst, i, bytes.getDouble(start + i * Double.BYTES), fold);
      }
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
