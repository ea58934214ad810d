package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import io.lossmith.core.engine.cpu.kernel.Rows;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An operand or result of an instruction, as fixed when a loop is compiled.
 *
 * @param index its place in the worker's tables; −1 for a number known beforehand
 * @param buffer the buffer of the plan that it lies on; {@link #NONE} if it is scratch memory
 * @param number that number
 * @param column whether it holds one element for each place of the column, else one for all
 * @param rows whether it differs from row to row, else all rows are the same
 * @param rowStride distance between its rows in one array; 0 if all are the same, or each has an
 *     array of its own
 */
public record Register(
    int index, int buffer, float number, boolean column, boolean rows, int rowStride) {
  /** Stands for no buffer. */
  static final int NONE = -1;

  /** Returns a number known beforehand. */
  public static Register number(double value) {
    return new Register(-1, NONE, (float) value, false, false, 0);
  }

  /** Tells whether it is a number known beforehand, which lies in no array. */
  public boolean isNumber() {
    return index < 0;
  }

  /** Returns the one element of a row that does not vary along the column. */
  public float at(TileWorker worker, int row) {
    return index < 0 ? number : array(worker, row)[offset(worker, row)];
  }

  /** Returns the one array that it lies in, or one for each row. */
  public float[][] arrays(TileWorker worker) {
    return buffer < 0 ? worker.scratch[index] : worker.memory.arrays()[buffer];
  }

  /** Returns the array that it lies in, which has no rows or all of them. */
  public float[] array(TileWorker worker) {
    return arrays(worker)[0];
  }

  /** Returns the array that a row lies in. */
  public float[] array(TileWorker worker, int row) {
    return Rows.array(arrays(worker), row);
  }

  /** Returns the array or the memory segment that it lies in, where passes find it. */
  Object memory(TileWorker worker) {
    return buffer < 0 ? worker.scratch[index][0] : worker.memory.memories()[buffer];
  }

  /** Returns where the current tile begins in that memory. */
  int place(TileWorker worker) {
    return worker.offsets[CacheLines.MARGIN + index]
        + (buffer < 0 ? 0 : worker.memory.places()[buffer]);
  }

  /** Returns the buffer of the caller's that it lies on instead of an array, or null. */
  @Nullable FloatBuffer buffer(TileWorker worker) {
    return buffer < 0 ? null : worker.memory.buffers()[buffer];
  }

  /** Returns at which index of that buffer the first element of all lies. */
  int start(TileWorker worker) {
    return worker.memory.starts()[buffer];
  }

  /** Returns where a row begins in that array. */
  public int offset(TileWorker worker, int row) {
    return worker.offsets[CacheLines.MARGIN + index] + row * rowStride;
  }
}
