package io.lossmith.core.engine.cpu.kernel;

/**
 * Where the rows of a tile lie: all in one array, or, where the compiler makes vectors only of
 * loops over the beginnings of arrays, each in one of its own.
 */
public final class Rows {
  private Rows() {}

  /** Returns the array of a row. */
  public static float[] array(float[][] arrays, int row) {
    return arrays.length == 1 ? arrays[0] : arrays[row];
  }
}
