package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.Value;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds powers of e that come with something else: their sum over rows or a scale, as in softmax;
 * the sigmoid and the softplus of one value, as in a binary cross entropy beside a Dice loss.
 */
final class Exponentials {
  private final Layout layout;
  private final List<Value> values;
  private final Map<Value, Integer> uses;
  private final ClassLabels labels;
  private final Predicate<Value> taken;
  private final Map<Value, Value> sums = new IdentityHashMap<>();
  private final Map<Value, List<Value>> scaled = new IdentityHashMap<>();
  private final Map<Value, Value> logistics = new IdentityHashMap<>();
  private final Set<Value> unneeded = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Looks through a loop whose labels and folded roots were looked at before.
   *
   * @param taken tells whether a value is part of a root's or a label's instruction already
   */
  Exponentials(
      Layout layout,
      List<Value> values,
      Map<Value, Integer> uses,
      ClassLabels labels,
      Predicate<Value> taken) {
    this.taken = taken;
    this.layout = layout;
    this.values = values;
    this.uses = uses;
    this.labels = labels;
    values.forEach(this::findSum);
    values.forEach(this::findScaled);
    values.forEach(this::findLogistic);
  }

  /** Tells whether a value is part of another's instruction. */
  boolean isUnneeded(Value value) {
    return unneeded.contains(value);
  }

  /** Returns the sum over rows that is computed with a power of e, or null. */
  @Nullable Value sum(Value power) {
    return sums.get(power);
  }

  boolean isSum(Value value) {
    return sums.containsValue(value);
  }

  /** Returns a, m and s where a value is e^(a − m) · s, or null. */
  @Nullable List<Value> scaled(Value value) {
    return scaled.get(value);
  }

  /** Returns the sigmoid of the pair that a value belongs to, or null. */
  @Nullable Value sigmoid(Value value) {
    for (Map.Entry<Value, Value> pair : logistics.entrySet()) {
      if (value == pair.getKey() || value == pair.getValue()) {
        return pair.getKey();
      }
    }
    return null;
  }

  Value softplusBeside(Value sigmoid) {
    return logistics.get(sigmoid);
  }

  private void findSum(Value sum) {
    if (!(sum.op() instanceof Reduction reduction) || reduction.fold() != Fold.SUM) {
      return;
    }
    Value power = sum.operands().get(0);
    if (power.op() == Unary.EXP
        && !sums.containsKey(power)
        && isLessShared(power.operands().get(0))) {
      labels.spare(power.operands().get(0));
      sums.put(power, sum);
    }
  }

  /** Finds e^(a − m) · s, where all rows share m and s. */
  private void findScaled(Value product) {
    for (int side = 0; side < 2 && product.op() == Binary.MULTIPLY; side++) {
      Value power = product.operands().get(side);
      Value scale = product.operands().get(1 - side);
      if (power.op() == Unary.EXP
          && uses.get(power) == 1
          && !sums.containsKey(power)
          && !taken.test(product)
          && isLessShared(power.operands().get(0))
          && isShared(scale)) {
        Value difference = power.operands().get(0);
        unneeded.add(power);
        labels.spare(difference);
        List<Value> terms = difference.operands();
        scaled.put(product, List.of(terms.get(0), terms.get(1), scale));
        return;
      }
    }
  }

  /** A binary cross entropy from logits has softplus(−|x|), a Dice beside it the sigmoid of x. */
  private void findLogistic(Value softplus) {
    if (softplus.op() != Unary.SOFTPLUS) {
      return;
    }
    Value minus = softplus.operands().get(0);
    if (minus.op() != Unary.NEGATE || minus.operands().get(0).op() != Unary.ABS) {
      return;
    }
    Value size = minus.operands().get(0);
    Value x = size.operands().get(0);
    for (Value sigmoid : values) {
      if (sigmoid.op() == Unary.SIGMOID && sigmoid.operands().get(0) == x && layout.onColumn(x)) {
        logistics.put(sigmoid, softplus);
        if (uses.get(minus) == 1 && uses.get(size) == 1) {
          unneeded.add(minus);
          unneeded.add(size);
        }
      }
    }
  }

  /** Tells whether a value is what differs from row to row less what all rows share. */
  private boolean isLessShared(Value value) {
    return value.op() == Binary.SUBTRACT
        && layout.onColumn(value.operands().get(0))
        && layout.hasRows(value.operands().get(0))
        && isShared(value.operands().get(1));
  }

  private boolean isShared(Value value) {
    return layout.onColumn(value) && !layout.hasRows(value);
  }
}
