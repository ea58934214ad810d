package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.Root;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Value;
import io.lossmith.core.plan.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the instructions of a loop: mostly one for each value, but a product that is only summed,
 * or only added to, is part of that sum, and the powers of e in a softmax come with their sum.
 */
final class Selection {
  /** What kind of instruction computes a value. */
  enum Kind {
    UNARY,
    BINARY,
    WHERE,
    MULTIPLY_ADD,
    MULTIPLY_SUBTRACT,
    MULTIPLY_FROM,
    CLAMP,
    OUT_OF_RANGE,
    SIGMOID_SLOPE,
    LOGARITHM,
    QUOTIENT,
    LOGISTIC,
    ROWS,
    ROWS_DOT,
    ROWS_EXP,
    SCALED_EXP,
    LOOKUP,
    CHOICE,
    CHOSEN_DOT,
    GRADIENT
  }

  /**
   * An instruction to be.
   *
   * @param value what it computes
   * @param second what it computes besides, or null
   * @param reads its operands
   */
  record Emit(Kind kind, Value value, @Nullable Value second, List<Value> reads) {
    /** Whether the result may lie where an operand lies that is not needed afterwards. */
    boolean mayOverwrite() {
      return switch (kind) {
        case UNARY, BINARY, WHERE, MULTIPLY_ADD, MULTIPLY_SUBTRACT -> true;
        case MULTIPLY_FROM, CLAMP, OUT_OF_RANGE, SIGMOID_SLOPE, LOGARITHM, QUOTIENT -> true;
        case ROWS_EXP, SCALED_EXP, GRADIENT -> true;
        case LOGISTIC, ROWS, ROWS_DOT, LOOKUP, CHOICE, CHOSEN_DOT -> false;
      };
    }

    /** Whether a power of e is of something less the largest of it, and so at most 1. */
    boolean isBelowOne() {
      Value largest = reads.get(1);
      return largest.op() instanceof Reduction reduction
          && reduction.fold() == Fold.MAX
          && largest.operands().get(0) == reads.get(0);
    }

    Unary unary() {
      return (Unary) value.op();
    }

    Binary binary() {
      return (Binary) value.op();
    }

    Fold fold() {
      return ((Reduction) value.op()).fold();
    }
  }

  /**
   * What a folded root folds of each tile.
   *
   * @param range what elements are counted that are out of it, or null
   */
  record Terms(Folds.Term term, Value a, Value b, @Nullable ValueRange range) {}

  private final Step.Loop loop;
  private final Layout layout;
  private final List<Value> values;
  private final Map<Value, Integer> uses = new IdentityHashMap<>();
  private final Set<Value> absorbed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Value> paired = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Value, Root> direct = new IdentityHashMap<>();
  private final Map<Root, Terms> terms = new IdentityHashMap<>();
  private final List<Emit> emits = new ArrayList<>();
  private final Joiner joiner = new Joiner(emits, this::once, this::onColumn);
  private final ClassLabels labels;
  private final Exponentials exponentials;

  Selection(Step.Loop loop, Layout layout) {
    this.loop = loop;
    this.layout = layout;
    this.values = Values.of(loop);
    values.forEach(v -> v.operands().forEach(o -> uses.merge(o, 1, Integer::sum)));
    loop.roots().forEach(r -> uses.merge(r.value(), 1, Integer::sum));
    this.labels = new ClassLabels(loop, layout, values, uses);
    loop.roots().forEach(this::end);
    this.exponentials = new Exponentials(layout, values, uses, labels, this::isTaken);
    values.forEach(this::select);
    InstructionVerifier.verify(loop, this);
  }

  List<Emit> emits() {
    return emits;
  }

  /** Returns the root whose destination a value is computed into, or null. */
  @Nullable Root direct(Value value) {
    return direct.get(value);
  }

  /** Returns what a folded root folds, or null if it sums {@link #atLabel at labels}. */
  @Nullable Terms terms(Root root) {
    return terms.get(root);
  }

  /** Returns what a folded root sums at the label of each place, or null. */
  ClassLabels.@Nullable AtLabel atLabel(Root root) {
    return labels.sum(root);
  }

  /** Returns the number that is added in a {@link Kind#GRADIENT}. */
  double more(Value gradient) {
    return labels.gradient(gradient).more();
  }

  /** Returns how many instructions read a value. */
  long reads(Value value) {
    return emits.stream().filter(e -> e.reads().contains(value)).count();
  }

  /** Returns for each value the last instruction that reads it; roots read after all of them. */
  Map<Value, Integer> lastUses() {
    Map<Value, Integer> last = new IdentityHashMap<>();
    for (int i = 0; i < emits.size(); i++) {
      for (Value read : emits.get(i).reads()) {
        last.put(read, i);
      }
    }
    for (Root root : loop.roots()) {
      last.put(root.value(), emits.size());
      ClassLabels.AtLabel atLabel = labels.sum(root);
      if (atLabel != null) {
        atLabel.reads().forEach(read -> last.put(read, emits.size()));
      } else if (terms.containsKey(root)) {
        last.put(terms.get(root).a(), emits.size());
        last.put(terms.get(root).b(), emits.size());
      }
    }
    return last;
  }

  /** Tells whether a value is part of a root's instruction, or of one that asks for labels. */
  private boolean isTaken(Value value) {
    return absorbed.contains(value) || labels.isUnneeded(value) || labels.gradient(value) != null;
  }

  private boolean onColumn(Value value) {
    return layout.onColumn(value);
  }

  private boolean once(Value value) {
    return uses.get(value) == 1 && value.load() == null;
  }

  private void end(Root root) {
    Value value = root.value();
    if (root.fold() == null) {
      if (fits(root)) {
        direct.putIfAbsent(value, root);
      }
      return;
    }
    if (labels.sum(root) != null) {
      return;
    }
    terms.put(root, new Terms(Folds.Term.PLAIN, value, value, null));
    if (root.fold() != Fold.SUM || !once(value) && !labels.isUnneeded(value)) {
      return;
    }
    if (isProduct(value) && labels.gradient(value) == null) {
      absorbed.add(value);
      List<Value> factors = value.operands();
      Value last = factors.get(factors.size() - 1);
      terms.put(root, new Terms(Folds.Term.DOT, factors.get(0), last, null));
    } else if (value.op() == Unary.ABS) {
      Value difference = value.operands().get(0);
      if (difference.op() == Binary.SUBTRACT
          && once(difference)
          && difference.operands().stream().allMatch(this::onColumn)) {
        absorbed.add(value);
        absorbed.add(difference);
        Value from = difference.operands().get(0);
        terms.put(root, new Terms(Folds.Term.DISTANCE, from, difference.operands().get(1), null));
      }
    } else if (value.op() instanceof OutOfRange counted) {
      absorbed.add(value);
      Value x = value.operands().get(0);
      terms.put(root, new Terms(Folds.Term.OUTSIDE, x, x, counted.range()));
    }
  }

  private boolean isProduct(Value value) {
    return (value.op() == Binary.MULTIPLY || value.op() == Unary.SQUARE)
        && value.operands().stream().allMatch(this::onColumn);
  }

  /**
   * Tells whether a computed value varies just as its destination does, with neighbours together.
   */
  private boolean fits(Root root) {
    Value value = root.value();
    int[] strides = root.destination().strides();
    int step = layout.step(strides);
    return value.load() == null
        && !(value.op() instanceof Leaf)
        && onColumn(value) == (step != 0)
        && (step == 0 || step == 1)
        && layout.hasRows(value) == layout.isSpread(strides)
        && Layout.evenStep(layout.rowOffsets(strides)) != Layout.UNEVEN;
  }

  /** The pair is computed where the first of the two is asked for. */
  private boolean selectLogistic(Value value) {
    Value sigmoid = exponentials.sigmoid(value);
    if (sigmoid != null && paired.add(sigmoid)) {
      emits.add(
          new Emit(
              Kind.LOGISTIC, sigmoid, exponentials.softplusBeside(sigmoid), sigmoid.operands()));
    }
    return sigmoid != null;
  }

  private void select(Value value) {
    if (value.load() != null
        || value.op() instanceof Leaf
        || absorbed.contains(value)
        || exponentials.isUnneeded(value)
        || labels.isUnneeded(value)) {
      return;
    }
    ClassLabels.Gradient gradient = labels.gradient(value);
    if (gradient != null) {
      selectGradient(value, gradient);
    } else if (exponentials.scaled(value) != null) {
      emit(Kind.SCALED_EXP, value, exponentials.scaled(value));
    } else if (value.op() instanceof Unary) {
      if (selectLogistic(value)) {
        return;
      }
      Value sum = exponentials.sum(value);
      if (sum == null) {
        emit(Kind.UNARY, value, value.operands());
      } else {
        List<Value> difference = value.operands().get(0).operands();
        emits.add(new Emit(Kind.ROWS_EXP, value, sum, difference));
      }
    } else if (value.op() instanceof Binary) {
      if (!joiner.join(value)) {
        emit(Kind.BINARY, value, value.operands());
      }
    } else if (value.op() instanceof Where) {
      selectWhere(value);
    } else if (value.op() instanceof OutOfRange) {
      emit(Kind.OUT_OF_RANGE, value, value.operands());
    } else if (!exponentials.isSum(value)) {
      selectRows(value);
    }
  }

  /** Right after what it reads is there: the rest may then use that memory for other things. */
  private void emitEarly(Emit emit) {
    int at = 0;
    for (int i = 0; i < emits.size(); i++) {
      if (emit.reads().contains(emits.get(i).value())
          || emit.reads().contains(emits.get(i).second())) {
        at = i + 1;
      }
    }
    emits.add(at, emit);
  }

  private void emit(Kind kind, Value value, List<Value> reads) {
    emits.add(new Emit(kind, value, null, reads));
  }

  private void selectGradient(Value value, ClassLabels.Gradient gradient) {
    List<Value> reads = new ArrayList<>(gradient.choice().reads());
    reads.add(gradient.p());
    reads.add(gradient.s());
    if (gradient.addend() != null) {
      reads.add(gradient.addend().chosen());
      reads.add(gradient.addend().otherwise());
    }
    emit(Kind.GRADIENT, value, reads);
  }

  private void selectWhere(Value value) {
    ClassLabels.Choice choice = labels.choice(value);
    if (choice != null) {
      emit(Kind.CHOICE, value, choice.reads());
    } else if (!joiner.quotient(value)) {
      emit(Kind.WHERE, value, value.operands());
    }
  }

  private void selectRows(Value value) {
    ClassLabels.AtLabel lookup = labels.lookup(value);
    ClassLabels.ChosenDot dot = labels.dot(value);
    if (dot != null) {
      List<Value> reads = new ArrayList<>(dot.choice().reads());
      reads.add(dot.x());
      emit(Kind.CHOSEN_DOT, value, reads);
      return;
    }
    if (lookup != null) {
      emitEarly(new Emit(Kind.LOOKUP, value, null, lookup.reads()));
      return;
    }
    Value operand = value.operands().get(0);
    int last = emits.size() - 1;
    boolean justMade = last >= 0 && emits.get(last).value() == operand;
    if (emitFold(value) == Fold.SUM
        && operand.op() == Binary.MULTIPLY
        && once(operand)
        && justMade
        && emits.get(last).kind() == Kind.BINARY
        && isProduct(operand)) {
      emits.remove(last);
      emit(Kind.ROWS_DOT, value, operand.operands());
    } else {
      emit(Kind.ROWS, value, List.of(operand));
    }
  }

  private static Fold emitFold(Value value) {
    return ((Reduction) value.op()).fold();
  }
}
