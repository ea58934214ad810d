package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.AdamNumbers;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.InstructionRegisters;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.LoopValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step of Adam: x · stays − (mean · pace) / (√square · scale + ε), and the running means in it,
 * mean = m · b + g · c and square = s · d + g · e · g. Only numbers are b to e and ε; stays, which
 * may be missing, pace and scale are the same for all of the column. All but g is there before.
 */
final class AdamStep implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    Parts parts = value.op() == Binary.SUBTRACT ? Parts.of(value, new Path(uses)) : null;
    return parts == null || !parts.fit(layout)
        ? null
        : ChosenInstruction.of(value)
            .beside(parts.mean)
            .beside(parts.square)
            .reading(parts.x, parts.g, parts.m, parts.s, parts.stays, parts.pace, parts.scale)
            .covering(parts.inner.toArray(LoopValue[]::new))
            .by(r -> new Run(parts, r, r.target(value)));
  }

  /**
   * What the step is made of.
   *
   * @param numbers b to e and ε
   * @param inner what is computed on the way
   */
  private record Parts(
      LoopValue x,
      LoopValue g,
      LoopValue m,
      LoopValue s,
      @Nullable LoopValue stays,
      LoopValue pace,
      LoopValue scale,
      LoopValue mean,
      LoopValue square,
      List<LoopValue> numbers,
      List<LoopValue> inner) {

    static @Nullable Parts of(LoopValue step, Path path) {
      LoopValue quotient = path.inner(step, 1, Binary.DIVIDE);
      LoopValue way = path.inner(quotient, 0, Binary.MULTIPLY);
      LoopValue divisor = path.inner(quotient, 1, Binary.ADD);
      LoopValue scaled = path.inner(divisor, 0, Binary.MULTIPLY);
      LoopValue square = path.result(path.inner(scaled, 0, Unary.SQRT), 0);
      LoopValue mean = path.result(way, 0);
      LoopValue m = path.inner(mean, 0, Binary.MULTIPLY);
      LoopValue meanComes = path.inner(mean, 1, Binary.MULTIPLY);
      LoopValue s = path.inner(square, 0, Binary.MULTIPLY);
      LoopValue squareComes = path.inner(square, 1, Binary.MULTIPLY);
      LoopValue share = path.inner(squareComes, 0, Binary.MULTIPLY);
      LoopValue x = step.operands().get(0);
      LoopValue kept = isThere(x) ? null : path.inner(step, 0, Binary.MULTIPLY);
      LoopValue g = path.isLost ? step : first(meanComes);
      return path.isLost || first(share) != g || second(squareComes) != g
          ? null
          : new Parts(
              kept == null ? x : first(kept),
              g,
              first(m),
              first(s),
              kept == null ? null : second(kept),
              second(way),
              second(scaled),
              mean,
              square,
              Stream.of(m, meanComes, s, share, divisor).map(AdamStep::second).toList(),
              path.inner);
    }

    boolean fit(Layout layout) {
      return numbers.stream().allMatch(Operands::isNumber)
          && Stream.of(x, g, m, s).allMatch(layout::onColumn)
          && Stream.of(x, m, s, pace, scale).allMatch(AdamStep::isThere)
          && !layout.onColumn(pace)
          && !layout.onColumn(scale)
          && (stays == null || isThere(stays) && !layout.onColumn(stays));
    }

    AdamNumbers constants() {
      float[] each = new float[numbers.size()];
      for (int i = 0; i < each.length; i++) {
        each[i] = (float) Operands.number(numbers.get(i));
      }
      return new AdamNumbers(each[0], each[1], each[2], each[3], each[4]);
    }
  }

  private static LoopValue first(LoopValue value) {
    return value.operands().get(0);
  }

  private static LoopValue second(LoopValue value) {
    return value.operands().get(1);
  }

  /** Tells whether a value needs no instruction, which would have to come before this one. */
  private static boolean isThere(LoopValue value) {
    return value.load() != null || Operands.isNumber(value);
  }

  /** Goes from values to their operands; lost where one is another operation, or read elsewhere. */
  private static final class Path {
    private final Uses uses;
    private final List<LoopValue> inner = new ArrayList<>();
    private boolean isLost;

    Path(Uses uses) {
      this.uses = uses;
    }

    /** Returns an operand that is computed on the way; once lost, anything. */
    LoopValue inner(LoopValue value, int operand, Op op) {
      LoopValue next = next(value, operand, op);
      isLost |= !uses.isFree(next);
      inner.add(next);
      return next;
    }

    /** Returns an operand that is a sum, and a result. */
    LoopValue result(LoopValue value, int operand) {
      LoopValue next = next(value, operand, Binary.ADD);
      isLost |= uses.isTaken(next);
      return next;
    }

    private LoopValue next(LoopValue value, int operand, Op op) {
      isLost |= operand >= value.operands().size();
      LoopValue next = isLost ? value : value.operands().get(operand);
      isLost |= next.op() != op;
      return next;
    }
  }

  static final class Run extends Elementwise {
    private final AdamNumbers numbers;
    private final Register x;
    private final Register g;
    private final Register m;
    private final Register s;
    private final Register stays;
    private final Register pace;
    private final Register scale;
    private final Register mean;
    private final Register square;

    private Run(Parts parts, InstructionRegisters r, Target target) {
      super(
          target,
          Stream.of(
                  parts.x,
                  parts.g,
                  parts.m,
                  parts.s,
                  parts.pace,
                  parts.scale,
                  parts.mean,
                  parts.square)
              .map(r::of)
              .toArray(Register[]::new));
      numbers = parts.constants();
      x = r.of(parts.x);
      g = r.of(parts.g);
      m = r.of(parts.m);
      s = r.of(parts.s);
      stays = parts.stays == null ? Register.number(1) : r.of(parts.stays);
      pace = r.of(parts.pace);
      scale = r.of(parts.scale);
      mean = r.of(parts.mean);
      square = r.of(parts.square);
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels
          .fused()
          .adam(
              numbers,
              stays.at(w, row),
              pace.at(w, row),
              scale.at(w, row),
              x.array(w, row),
              x.offset(w, row),
              g.array(w, row),
              g.offset(w, row),
              m.array(w, row),
              m.offset(w, row),
              s.array(w, row),
              s.offset(w, row),
              out.array(w, row),
              out.offset(w, row),
              mean.array(w, row),
              mean.offset(w, row),
              square.array(w, row),
              square.offset(w, row),
              n);
    }
  }
}
