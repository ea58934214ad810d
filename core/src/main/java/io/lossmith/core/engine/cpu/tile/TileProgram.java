package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Fold;
import io.lossmith.core.plan.Buffer;
import java.util.Arrays;
import java.util.List;

/**
 * A loop compiled for the tile interpreter; immutable. A tile is all rows times a stretch of the
 * column; tiles are numbered with the column innermost.
 *
 * @param outer sizes of the axes around the tiles
 * @param rows rows of a tile
 * @param column length of the column axis
 * @param chunk places of a full tile
 * @param lead by how many places the first tile of a column is shorter, and the last one longer
 * @param instructions what is done for each tile
 * @param views registers that lie on arrays
 * @param scratch for each register its place in scratch memory; −1 for views
 * @param arrays for each register how many arrays it takes where it shares none; 0 for views
 * @param scratchSize floats of scratch memory that a worker needs
 * @param folds partial results of a tile
 * @param slotSize numbers in the slot of a tile
 * @param overwrites what results may lie where operands lie
 */
public record TileProgram(
    int[] outer,
    int rows,
    int column,
    int chunk,
    int lead,
    Instruction[] instructions,
    List<Place> views,
    int[] scratch,
    int[] arrays,
    int scratchSize,
    List<Partial> folds,
    int slotSize,
    List<Overwrite> overwrites) {

  /**
   * A register on an array.
   *
   * @param offset where the first element of the first tile lies
   * @param outer step along each axis around the tiles
   * @param step step along the column
   */
  record Place(int register, Buffer buffer, int offset, int[] outer, int step) {
    /** Tells whether both have the same index in their arrays, wherever the tile. */
    boolean isBeside(Place other) {
      return offset == other.offset && step == other.step && Arrays.equals(outer, other.outer);
    }
  }

  /**
   * A result that may lie where an operand lies.
   *
   * @param from what is read
   * @param to what is written over it
   */
  public record Overwrite(Buffer from, Buffer to) {}

  /**
   * A fold over tiles.
   *
   * @param place where its numbers lie in a slot
   * @param outer step in the result along each axis around the tiles; 0 where folded
   * @param rows step in the result from row to row, one entry for each number in the slot
   */
  record Partial(Fold fold, int place, Buffer result, int[] outer, int[] rows) {}

  /** Returns how many instructions each tile takes. */
  public int length() {
    return instructions.length;
  }

  /** Returns how many tiles there are along the column. */
  public int chunks() {
    return (column + chunk - 1) / chunk;
  }

  /** Returns where along the column a tile begins. */
  int start(int number) {
    return Math.max(0, number * chunk - lead);
  }

  /** Returns how many tiles there are. */
  public int tiles() {
    int count = chunks();
    for (int size : outer) {
      count *= size;
    }
    return count;
  }

  /** Returns how far tiles at a place of the axes around them lie from the first. */
  int offset(int place, int[] strides) {
    int offset = 0;
    int rest = place;
    for (int axis = strides.length - 1; axis >= 0 && rest > 0; axis--) {
      int size = outer[axis];
      offset += rest % size * strides[axis];
      rest /= size;
    }
    return offset;
  }

  /** Returns how many doubles a run holds for partial results: those of all tiles, and joined. */
  public int partials() {
    int joined = folds.stream().mapToInt(f -> f.result().shape().count()).sum();
    return Math.addExact(Math.multiplyExact(tiles(), slotSize), joined);
  }
}
