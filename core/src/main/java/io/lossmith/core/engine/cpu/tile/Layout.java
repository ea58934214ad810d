package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import io.lossmith.core.plan.LoopAxes;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import java.util.Arrays;

/** The geometry of a loop's tiles: which axis is what, and how strides read under it. */
public final class Layout {
  /** Stands for rows that are not evenly spaced. */
  static final int UNEVEN = Integer.MIN_VALUE;

  /** Beside so many tiles those at both ends cost next to nothing, beside so many places a few. */
  private static final int LONG = 8;

  private final Step.Loop loop;
  private final LoopAxes axes;
  private final int rows;
  private final int chunk;
  private final int lead;

  /**
   * @param axes which axes tiles hold whole, as rows, and along which they are cut
   * @param tile floats that a register with rows should have at most
   * @param stretch floats that a register without rows should have at most
   * @param longRow floats that a row should have at most
   */
  Layout(Step.Loop loop, LoopAxes axes, int tile, int stretch, int longRow) {
    this.loop = loop;
    this.axes = axes;
    int product = 1;
    for (int axis = 0; axis < loop.sizes().length; axis++) {
      product *= axes.held()[axis] ? loop.sizes()[axis] : 1;
    }
    this.rows = product;
    int widest = rows > 1 ? longRow : stretch;
    int fitting = Integer.highestOneBit(Math.max(16, Math.min(widest, tile / rows)));
    this.chunk = Math.max(1, Math.min(fitting, column()));
    this.lead = 0;
  }

  private Layout(Layout other, int lead) {
    this.loop = other.loop;
    this.axes = other.axes;
    this.rows = other.rows;
    this.chunk = other.chunk;
    this.lead = lead;
  }

  /**
   * Returns the layout whose tiles of long rows begin where cache lines do, but for the first: that
   * is shorter, and the last one longer. So it is where large arrays begin at the start of a line.
   */
  Layout onLines() {
    Layout cut = new Layout(this, CacheLines.BEFORE);
    boolean isLong = column() / LONG >= chunk && chunk / LONG >= cut.room() - chunk;
    return rows > 1 && isLong && CacheLines.isWhole(column()) ? cut : this;
  }

  /** Returns how many rows a tile has. */
  public int rows() {
    return rows;
  }

  /** Returns the length of the axis that tiles are cut along. */
  int column() {
    return loop.sizes()[axes.column()];
  }

  /** Returns the step along the axis that tiles are cut along. */
  int step(int[] strides) {
    return strides[axes.column()];
  }

  /** Tells whether a value varies along the axis that tiles are cut along. */
  public boolean onColumn(LoopValue value) {
    return value.variesOver(axes.column());
  }

  /** Tells whether a value varies both ways. */
  public boolean onTile(LoopValue value) {
    return onColumn(value) && hasRows(value);
  }

  /** Tells whether all rows share a value that differs from place to place. */
  public boolean isShared(LoopValue value) {
    return onColumn(value) && !hasRows(value);
  }

  /** Tells whether a value is one number for each row. */
  public boolean isOfRows(LoopValue value) {
    return !onColumn(value) && hasRows(value);
  }

  int chunk() {
    return chunk;
  }

  /** Returns by how many places the first tile is shorter and the last one longer. */
  int lead() {
    return lead;
  }

  /** Returns how many places a row of scratch memory has room for. */
  int room() {
    return chunk + CacheLines.whole(lead);
  }

  private boolean isOuter(int axis) {
    return axis != axes.column() && !axes.held()[axis] && loop.sizes()[axis] != 1;
  }

  int[] outerSizes() {
    return outer(loop.sizes());
  }

  /** Picks the entries of the axes around the tiles. */
  int[] outer(int[] ofAxes) {
    int[] picked = new int[ofAxes.length];
    int n = 0;
    for (int axis = 0; axis < ofAxes.length; axis++) {
      if (isOuter(axis)) {
        picked[n++] = ofAxes[axis];
      }
    }
    return Arrays.copyOf(picked, n);
  }

  /** Returns where each row begins under these strides, from the first. */
  int[] rowOffsets(int[] strides) {
    int[] offsets = new int[rows];
    int inner = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      if (axes.held()[axis]) {
        int size = loop.sizes()[axis];
        for (int row = 0; row < rows; row++) {
          offsets[row] += row / inner % size * strides[axis];
        }
        inner *= size;
      }
    }
    return offsets;
  }

  /** Returns the step between rows, or {@link #UNEVEN}. */
  static int evenStep(int[] rowOffsets) {
    int step = rowOffsets.length > 1 ? rowOffsets[1] : 0;
    for (int row = 0; row < rowOffsets.length; row++) {
      if (rowOffsets[row] != row * step) {
        return UNEVEN;
      }
    }
    return step;
  }

  /** Tells whether a value varies from row to row. */
  public boolean hasRows(LoopValue value) {
    for (int axis = 0; axis < loop.sizes().length; axis++) {
      if (axes.held()[axis] && value.variesOver(axis)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether strides go from row to row. */
  boolean isSpread(int[] strides) {
    for (int axis = 0; axis < strides.length; axis++) {
      if (axes.held()[axis] && strides[axis] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the floats that a register of the value takes. */
  int size(LoopValue value) {
    return (onColumn(value) ? room() : 1) * (hasRows(value) ? rows : 1);
  }

  /** Tells whether a folded root has one result for each row. */
  public boolean keepsRows(LoopOutput root) {
    return isSpread(root.destination().strides());
  }

  boolean foldsRows(LoopOutput root) {
    for (int axis = 0; axis < loop.sizes().length; axis++) {
      if (axes.held()[axis] && root.folded()[axis]) {
        return true;
      }
    }
    return false;
  }
}
