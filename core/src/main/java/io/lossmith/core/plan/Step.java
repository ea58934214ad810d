package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Opaque;
import java.util.List;
import java.util.Objects;

/** One thing after the other that a run does. */
public sealed interface Step {
  /** Returns the buffers that are read. */
  List<Buffer> reads();

  /** Returns the buffers that are written. */
  List<Buffer> writes();

  /**
   * One fused pass over a frame: all roots of the same frame whose inputs are there.
   *
   * @param sizes length of each axis of the frame
   * @param rows for each axis, whether a tile holds all of it (folds over exactly these are local)
   * @param column the axis that a tile holds a stretch of
   * @param roots what the pass leaves behind
   */
  record Loop(int[] sizes, boolean[] rows, int column, List<Root> roots) implements Step {
    @Override
    public List<Buffer> reads() {
      return Values.of(this).stream()
          .map(Value::load)
          .filter(Objects::nonNull)
          .map(Value.Load::buffer)
          .distinct()
          .toList();
    }

    @Override
    public List<Buffer> writes() {
      return roots.stream().map(r -> r.destination().buffer()).distinct().toList();
    }
  }

  /** An operation on whole arrays. */
  record Whole(Opaque op, List<Buffer> operands, List<Shape> shapes, Buffer result)
      implements Step {
    @Override
    public List<Buffer> reads() {
      return operands;
    }

    @Override
    public List<Buffer> writes() {
      return List.of(result);
    }
  }

  /** Zeros everywhere, before parts are written over them. */
  record Clear(Buffer result) implements Step {
    @Override
    public List<Buffer> reads() {
      return List.of();
    }

    @Override
    public List<Buffer> writes() {
      return List.of(result);
    }
  }
}
