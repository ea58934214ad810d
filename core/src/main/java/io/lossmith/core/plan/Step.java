package io.lossmith.core.plan;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.op.WholeArrayOp;
import java.util.List;
import java.util.Objects;

/** One thing after the other that a run does. */
public sealed interface Step {
  /** Returns the buffers that are read. */
  List<Buffer> reads();

  /** Returns the buffers that are written. */
  List<Buffer> writes();

  /**
   * One fused pass: roots over the same axes whose inputs are there. All local folds of a loop fold
   * the same axes; a root runs over all of these or over none. The last axis has one place, so that
   * an engine that cuts loops along an axis always finds one that every root may be cut along.
   *
   * @param sizes length of each axis
   * @param inner for each axis, whether local folds fold it
   * @param roots what the pass leaves behind
   */
  record Loop(int[] sizes, boolean[] inner, List<LoopOutput> roots) implements Step {
    /** Refuses null. */
    public Loop {
      Objects.requireNonNull(sizes, "sizes");
      Objects.requireNonNull(inner, "inner");
      roots = Elements.copyOf(roots, "roots");
    }

    @Override
    public List<Buffer> reads() {
      return Values.of(this).stream()
          .map(LoopValue::load)
          .filter(Objects::nonNull)
          .map(LoopValue.Load::buffer)
          .distinct()
          .toList();
    }

    @Override
    public List<Buffer> writes() {
      return roots.stream().map(r -> r.destination().buffer()).distinct().toList();
    }
  }

  /** An operation on whole arrays. */
  record WholeArray(WholeArrayOp op, List<Buffer> operands, List<Shape> shapes, Buffer result)
      implements Step {
    /** Refuses null. */
    public WholeArray {
      Objects.requireNonNull(op, "op");
      operands = Elements.copyOf(operands, "operands");
      shapes = Elements.copyOf(shapes, "shapes");
      Objects.requireNonNull(result, "result");
    }

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
    /** Refuses null. */
    public Clear {
      Objects.requireNonNull(result, "result");
    }

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
