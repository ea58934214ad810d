package io.lossmith.core.engine.cpu.tile;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An operand or result of an instruction, as fixed when a loop is compiled.
 *
 * @param index its place in the worker's tables; −1 for a number known beforehand
 * @param number that number
 * @param column whether it holds one element for each place of the column, else one for all
 * @param rowStride distance between its rows; 0 if all rows are the same
 */
public record Register(int index, float number, boolean column, int rowStride) {
  /** Returns a number known beforehand. */
  public static Register number(double value) {
    return new Register(-1, (float) value, false, 0);
  }

  /** Tells whether it is a number known beforehand, which lies in no array. */
  public boolean isNumber() {
    return index < 0;
  }

  /** Returns the one element of a row that does not vary along the column. */
  public float at(TileWorker worker, int row) {
    return index < 0 ? number : worker.arrays[index][worker.offsets[index] + row * rowStride];
  }

  /** Returns the array that it lies in. */
  public float[] array(TileWorker worker) {
    return worker.arrays[index];
  }

  /** Returns the buffer of the caller's that it lies on instead of an array, or null. */
  @Nullable FloatBuffer buffer(TileWorker worker) {
    return worker.buffers[index];
  }

  /** Returns at which index of that buffer the first element of all lies. */
  int start(TileWorker worker) {
    return worker.starts[index];
  }

  /** Returns where a row begins in that array. */
  public int offset(TileWorker worker, int row) {
    return worker.offsets[index] + row * rowStride;
  }
}
