package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a loop computes along its column as one instruction, which keeps the values in
 * registers. Each value is rounded, each sum added up as by the instructions that it replaces.
 */
final class WholePass implements Fusion {
  private final Kernels kernels;
  private final Set<Integer> segments;

  /**
   * @param segments ids of the buffers for which memory segments stand
   */
  WholePass(Kernels kernels, Set<Integer> segments) {
    this.kernels = kernels;
    this.segments = segments;
  }

  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    return layout.rows() == 1 && layout.onColumn(value) && value.op() instanceof ElementwiseOp
        ? new Translation(uses, layout).chosen(this)
        : null;
  }

  /** Values of a loop as those of a pass. */
  private static final class Translation {
    private final Uses uses;
    private final Layout layout;
    private final Map<LoopValue, Integer> places = new IdentityHashMap<>();
    private final List<PassCode.Value> values = new ArrayList<>();
    private final List<PassCode.Output> outputs = new ArrayList<>();
    private final List<LoopValue> elements = new ArrayList<>();
    private final List<LoopValue> numbers = new ArrayList<>();
    private final List<LoopValue> results = new ArrayList<>();
    private final List<LoopOutput> folded = new ArrayList<>();
    private final List<LoopValue> covered = new ArrayList<>();

    Translation(Uses uses, Layout layout) {
      this.uses = uses;
      this.layout = layout;
    }

    @Nullable ChosenInstruction chosen(WholePass pass) {
      for (LoopValue value : uses.values()) {
        if (layout.onColumn(value) && !add(value)) {
          return null;
        }
      }
      uses.roots().forEach(this::add);
      int stored = elements.size();
      for (LoopValue result : results) {
        outputs.add(new PassCode.Stored(places.get(result), stored++));
      }
      covered.removeAll(results);
      List<LoopValue> reads = new ArrayList<>(elements);
      reads.addAll(numbers);
      return new ChosenInstruction(
          results, folded, reads, covered, true, false, r -> instruction(pass, r));
    }

    private PassInstruction instruction(WholePass pass, InstructionRegisters r) {
      List<LoopValue> lying = new ArrayList<>(elements);
      lying.addAll(results);
      List<Register> arrays = new ArrayList<>();
      lying.forEach(value -> arrays.add(r.of(value)));
      List<Boolean> isSegment =
          arrays.stream().map(array -> pass.segments.contains(array.buffer())).toList();
      PassCode code = new PassCode(values, outputs, isSegment, numbers.size());
      int scratch = pass.kernels.fused().passes().scratch(code);
      if (scratch > 0) {
        arrays.add(r.scratch(scratch));
      }
      return new PassInstruction(
          pass.kernels.fused().passes().loop(code),
          arrays.toArray(Register[]::new),
          scratch,
          numbers.stream().map(r::of).toArray(Register[]::new),
          folded.stream().mapToInt(root -> r.folded(root).place()).toArray());
    }

    private boolean add(LoopValue value) {
      if (value.load() != null) {
        place(value, new PassCode.Element(elements.size()));
        elements.add(value);
        return true;
      }
      if (!(value.op() instanceof ElementwiseOp op)) {
        return false;
      }
      List<Integer> operands = value.operands().stream().map(this::operand).toList();
      place(value, new PassCode.Operation(op, operands));
      covered.add(value);
      return true;
    }

    private int operand(LoopValue value) {
      Integer known = places.get(value);
      if (known != null) {
        return known;
      }
      if (value.op() instanceof Leaf.Scalar scalar) {
        return place(value, new PassCode.Constant((float) scalar.value()));
      }
      numbers.add(value);
      return place(value, new PassCode.Given(numbers.size() - 1));
    }

    private int place(LoopValue value, PassCode.Value as) {
      places.put(value, values.size());
      values.add(as);
      return values.size() - 1;
    }

    private void add(LoopOutput root) {
      LoopValue value = root.value();
      if (!layout.onColumn(value)) {
        return;
      }
      if (root.fold() != null) {
        folded.add(root);
        outputs.add(fold(root, value));
      } else if (Uses.isComputed(value) && !results.contains(value)) {
        results.add(value);
      }
    }

    /** As {@code ProductSum} finds them, sums of products are rounded once. */
    private PassCode.Output fold(LoopOutput root, LoopValue value) {
      boolean product = value.op() == Binary.MULTIPLY || value.op() == Unary.SQUARE;
      if (root.fold() == Fold.SUM
          && product
          && uses.of(value) == 1
          && value.operands().stream().allMatch(layout::onColumn)) {
        List<LoopValue> factors = value.operands();
        return new PassCode.Dot(
            places.get(factors.get(0)), places.get(factors.get(factors.size() - 1)));
      }
      return new PassCode.Folded(root.fold(), places.get(value));
    }
  }
}
