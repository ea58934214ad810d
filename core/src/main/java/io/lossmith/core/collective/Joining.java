package io.lossmith.core.collective;

import io.lossmith.core.op.Fold;

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

    abstract void put(int from, int count, Message to);

    abstract void take(int from, int count, Message message);

    /** Joins own numbers with those so far, or takes them for the first. */
    abstract void join(boolean isFirst, int from, int count, Fold fold);

    abstract void join(boolean isFirst, Message message, int from, int count, Fold fold);

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
    void put(int from, int count, Message to) {
      to.floats.put(0, own, from, count);
    }

    @Override
    void take(int from, int count, Message message) {
      message.floats.get(0, own, from, count);
    }

    @Override
    void join(boolean isFirst, int from, int count, Fold fold) {
      add(isFirst, own, from, count, fold);
    }

    @Override
    void join(boolean isFirst, Message message, int from, int count, Fold fold) {
      message.floats.get(from, block, 0, count);
      add(isFirst, block, 0, count, fold);
    }

    private void add(boolean isFirst, float[] values, int from, int count, Fold fold) {
      if (isFirst) {
        for (int i = 0; i < count; i++) {
          sofar[i] = values[from + i];
        }
      } else if (fold == Fold.SUM) { // nearly all are
        for (int i = 0; i < count; i++) {
          sofar[i] += values[from + i];
        }
      } else {
        for (int i = 0; i < count; i++) {
          sofar[i] = fold.apply(sofar[i], values[from + i]);
        }
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
    private final double[] block = new double[BLOCK];
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
    void put(int from, int count, Message to) {
      to.doubles.put(0, own, from, count);
    }

    @Override
    void take(int from, int count, Message message) {
      message.doubles.get(0, own, from, count);
    }

    @Override
    void join(boolean isFirst, int from, int count, Fold fold) {
      add(isFirst, own, from, count, fold);
    }

    @Override
    void join(boolean isFirst, Message message, int from, int count, Fold fold) {
      message.doubles.get(from, block, 0, count);
      add(isFirst, block, 0, count, fold);
    }

    private void add(boolean isFirst, double[] values, int from, int count, Fold fold) {
      for (int i = 0; i < count; i++) {
        sofar[i] = isFirst ? values[from + i] : fold.apply(sofar[i], values[from + i]);
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
