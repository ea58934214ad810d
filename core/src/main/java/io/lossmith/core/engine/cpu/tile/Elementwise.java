package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;

/**
 * Elementwise instructions. Each runs row by row; where a full tile of all operands lies in one
 * piece, all rows are one stretch.
 */
public abstract class Elementwise implements Instruction {
  /**
   * Where a result goes.
   *
   * @param rows how many rows it has
   * @param chunk places of a full tile
   */
  public record Target(Register register, int rows, int chunk) {}

  protected final Register out;
  private final int rows;
  private final int chunk;
  private final boolean inOnePiece;

  /**
   * @param operands all registers that are read or written besides
   */
  protected Elementwise(Target target, Register... operands) {
    this.out = target.register;
    this.rows = target.rows;
    this.chunk = target.chunk;
    boolean piece = rows > 1 && out.column() && out.rowStride() == chunk;
    for (Register operand : operands) {
      piece &= operand.isNumber() || (operand.column() && operand.rowStride() == chunk);
    }
    this.inOnePiece = piece;
  }

  @Override
  public final void run(Kernels kernels, TileWorker worker) {
    int n = out.column() ? worker.n : 1;
    if (inOnePiece && n == chunk) {
      stretch(kernels, worker, 0, n * rows);
      return;
    }
    for (int row = 0; row < rows; row++) {
      stretch(kernels, worker, row, n);
    }
  }

  /** Computes n elements of a row, or of a whole tile that lies in one piece. */
  protected abstract void stretch(Kernels kernels, TileWorker w, int row, int n);

  /** Tells whether an operand is read element by element, given what the result is. */
  public static boolean isStretch(Register operand, Register out) {
    return !operand.isNumber() && (operand.column() || !out.column());
  }
}
