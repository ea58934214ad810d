package io.lossmith.core.engine.cpu.kernel;

import java.util.Arrays;

/**
 * What each row of a tile has to do with class labels: the label that is its own, and the numbers
 * that a place takes there if it has that label, and otherwise. The tile interpreter fills it.
 */
public final class LabelTable {
  private int rows;
  private boolean consecutive;
  private boolean finite;
  private boolean found;
  private float[] places = new float[0];

  /** The label of each row. */
  public float[] number = new float[0];

  /** What a place takes in the row of its label. */
  public float[] chosen = new float[0];

  /** What it takes in all others. */
  public float[] otherwise = new float[0];

  /** What is added in the row of its label. */
  public float[] addedChosen = new float[0];

  /** What is added in all others. */
  public float[] added = new float[0];

  /** Returns how many rows there are. */
  public int rows() {
    return rows;
  }

  /** Tells whether each row's label is one more than that of the row before, exactly. */
  public boolean isConsecutive() {
    return consecutive;
  }

  /** Tells whether no row's label is infinite. */
  public boolean isFinite() {
    return finite;
  }

  /** Returns an array of at least n floats, one for the row of each place, kept with the table. */
  public float[] places(int n) {
    if (places.length < n) {
      places = new float[n];
    }
    return places;
  }

  /** Tells whether the rows of all places are in {@link #places}, for these labels and rows. */
  public boolean isFound() {
    return found;
  }

  /** Remembers that they are, for as long as labels and rows stay the same. */
  public void setFound() {
    found = true;
  }

  /** Begins anew with other labels or rows: makes room for what is filled in next. */
  public void begin(int rows) {
    this.rows = rows;
    found = false;
    number = roomFor(rows, number);
    chosen = roomFor(rows, chosen);
    otherwise = roomFor(rows, otherwise);
    addedChosen = roomFor(rows, addedChosen);
    added = roomFor(rows, added);
  }

  /** Looks at the label of each row, all of which are filled in. */
  public void numbered() {
    consecutive = rows == 0 || Float.isFinite(number[0]);
    finite = true;
    for (int row = 0; row < rows; row++) {
      finite &= !Float.isInfinite(number[row]);
    }
    for (int row = 1; row < rows; row++) {
      consecutive &= number[row] == number[0] + row && number[row] - number[0] == row;
    }
  }

  private static float[] roomFor(int rows, float[] array) {
    return array.length < rows ? Arrays.copyOf(array, rows) : array;
  }
}
