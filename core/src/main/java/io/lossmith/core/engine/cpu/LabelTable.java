package io.lossmith.core.engine.cpu;

import java.util.Arrays;

/**
 * What each row of a tile has to do with class labels: the label that is its own, and the numbers
 * that a place takes there if it has that label, and otherwise. Filled anew for each instruction,
 * but for what the one before had, too.
 */
public final class LabelTable {
  private static final int NONE = -1;

  private int rows;
  private boolean consecutive;
  private int labelRegister = NONE;
  private int numberRegister = NONE;
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

  /** Lets go of what was found: the tile has moved. */
  void forget() {
    labelRegister = NONE;
  }

  /**
   * Takes the labels of a tile and the label of each row. The same registers hold the same until
   * the tile moves: a register is written once.
   */
  LabelTable of(TileWorker w, Register label, Register numbers, int rows) {
    if (label.index() == labelRegister && numbers.index() == numberRegister) {
      return this;
    }
    labelRegister = numbers.isNumber() ? NONE : label.index();
    numberRegister = numbers.index();
    found = false;
    this.rows = rows;
    number = copied(number, w, numbers);
    consecutive = true;
    for (int row = 1; row < rows; row++) {
      consecutive &= number[row] == number[0] + row && number[row] - number[0] == row;
    }
    return this;
  }

  /** Takes the two numbers of each row. */
  LabelTable choosing(TileWorker w, Register here, Register elsewhere) {
    chosen = copied(chosen, w, here);
    otherwise = copied(otherwise, w, elsewhere);
    return this;
  }

  /** Takes the two numbers that are added. */
  LabelTable adding(TileWorker w, Register here, Register elsewhere) {
    addedChosen = copied(addedChosen, w, here);
    added = copied(added, w, elsewhere);
    return this;
  }

  private float[] copied(float[] to, TileWorker w, Register from) {
    float[] array = to.length < rows ? Arrays.copyOf(to, rows) : to;
    for (int row = 0; row < rows; row++) {
      array[row] = from.at(w, row);
    }
    return array;
  }
}
