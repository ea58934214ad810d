package io.lossmith.app.formats;

/** The numbers of a picture, as its file stores them. */
public interface Samples {
  /** Returns the number of a band at a pixel. */
  double at(int band, int x, int y);

  /** Copies the numbers of a band in a row to {@code row}, as many as it has room for. */
  default void row(int band, int y, double[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] = at(band, x, y);
    }
  }
}
