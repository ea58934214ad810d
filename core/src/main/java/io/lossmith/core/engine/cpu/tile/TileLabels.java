package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.LabelTable;

/**
 * Fills a worker's {@link LabelTable} from registers, anew for each instruction, but for what the
 * one before had, too.
 */
public final class TileLabels {
  private static final int NONE = -1;

  private final TileWorker worker;
  private final LabelTable table = new LabelTable();
  private int labelRegister = NONE;
  private int numberRegister = NONE;

  /**
   * Two numbers of each row, of which a place takes the first where the row's number is its label.
   */
  public record Choice(Register label, Register number, Register chosen, Register otherwise) {}

  TileLabels(TileWorker worker) {
    this.worker = worker;
  }

  /** Releases what was found: the tile has moved. */
  void forget() {
    if (labelRegister != NONE) { // what is not written stays in other threads' caches, too
      labelRegister = NONE;
    }
  }

  /**
   * Returns the table with the labels of a tile and the label of each row. The same registers hold
   * the same until the tile moves: a register is written once.
   *
   * @param label one element for each place
   * @param number one element for each row
   */
  public LabelTable of(Register label, Register number, int rows) {
    if (label.index() == labelRegister && number.index() == numberRegister) {
      return table;
    }
    labelRegister = number.isNumber() ? NONE : label.index();
    numberRegister = number.index();
    table.begin(rows);
    copy(number, table.number);
    table.numbered();
    return table;
  }

  /** Returns that with the two numbers of each row that places choose between. */
  public LabelTable of(Choice choice, int rows) {
    of(choice.label(), choice.number(), rows);
    copy(choice.chosen(), table.chosen);
    copy(choice.otherwise(), table.otherwise);
    return table;
  }

  /** Returns that with the two numbers that are added, too. */
  public LabelTable of(Choice choice, Choice added, int rows) {
    of(choice, rows);
    copy(added.chosen(), table.addedChosen);
    copy(added.otherwise(), table.added);
    return table;
  }

  private void copy(Register from, float[] to) {
    for (int row = 0; row < table.rows(); row++) {
      to[row] = from.at(worker, row);
    }
  }
}
