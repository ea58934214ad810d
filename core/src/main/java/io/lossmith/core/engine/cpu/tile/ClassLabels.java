package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.Root;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Value;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a loop compares class labels, one for each place, with the number of each row, and
 * what is done with that: a choice at the label needs no array of ones and zeros, and what is 0
 * everywhere else need be looked at only there.
 */
final class ClassLabels {
  /**
   * What is at each place's label.
   *
   * @param value what is looked up or summed; null for the number of places itself
   * @param times what it is multiplied by, for each place; null for nothing
   * @param less what is taken away, for each place; null for nothing
   * @param label the labels, one for each place
   * @param number what is compared with them, one for each row
   */
  record AtLabel(
      @Nullable Value value,
      @Nullable Value times,
      @Nullable Value less,
      Value label,
      Value number) {
    /** Returns all that is read. */
    List<Value> reads() {
      return Stream.of(value, times, label, number, less).filter(Objects::nonNull).toList();
    }
  }

  /** Two numbers of each row, the first for places with the row's label. */
  record Choice(Value label, Value number, Value chosen, Value otherwise) {
    List<Value> reads() {
      return List.of(label, number, chosen, otherwise);
    }
  }

  /** The sum over rows of x times a choice. */
  record ChosenDot(Choice choice, Value x) {}

  /**
   * p · (choice − s + more) + addend, where the addend may be missing.
   *
   * @param more a number, mostly 0
   */
  record Gradient(Choice choice, @Nullable Choice addend, Value p, Value s, double more) {}

  private final Step.Loop loop;
  private final Layout layout;
  private final Map<Value, Integer> uses;
  private final Map<Value, AtLabel> lookups = new IdentityHashMap<>();
  private final Map<Root, AtLabel> sums = new IdentityHashMap<>();
  private final Map<Value, Choice> choices = new IdentityHashMap<>();
  private final Map<Value, ChosenDot> dots = new IdentityHashMap<>();
  private final Map<Value, Gradient> gradients = new IdentityHashMap<>();
  private final Set<Value> unneeded = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Value, Integer> spared = new IdentityHashMap<>();

  ClassLabels(Step.Loop loop, Layout layout, List<Value> values, Map<Value, Integer> uses) {
    this.loop = loop;
    this.layout = layout;
    this.uses = uses;
    if (layout.rows() > 1) {
      values.forEach(this::findLookup);
      loop.roots().forEach(this::findSum);
      values.forEach(this::findChoice);
      values.forEach(this::findDot);
      for (int i = values.size() - 1; i >= 0; i--) {
        findGradient(values.get(i)); // sums before what they add
      }
    }
  }

  /** Returns what a sum over rows looks up at the label, or null if it is none such. */
  @Nullable AtLabel lookup(Value sum) {
    return lookups.get(sum);
  }

  /** Returns what a folded root sums at the label, or null if it is none such. */
  @Nullable AtLabel sum(Root root) {
    return sums.get(root);
  }

  /** Returns what a choice chooses by label between two numbers of each row, or null. */
  @Nullable Choice choice(Value where) {
    return choices.get(where);
  }

  /** Returns the product with a choice that a value sums over rows, or null. */
  @Nullable ChosenDot dot(Value sum) {
    return dots.get(sum);
  }

  /** Returns what a value hands on of a gradient, or null if it is none such. */
  @Nullable Gradient gradient(Value value) {
    return gradients.get(value);
  }

  /** Tells whether a value need not be computed any more. */
  boolean isUnneeded(Value value) {
    return unneeded.contains(value);
  }

  /** Counts a user of {@code value} that does without it. */
  void spare(Value value) {
    if (spared.merge(value, 1, Integer::sum).equals(uses.get(value))) {
      unneeded.add(value);
    }
  }

  /** Finds Σ over rows of where(label = number, x, 0); x may be a difference. */
  private void findLookup(Value sum) {
    if (!(sum.op() instanceof Reduction reduction) || reduction.fold() != Fold.SUM) {
      return;
    }
    Value where = sum.operands().get(0);
    Value x = atLabel(where);
    if (x == null) {
      return;
    }
    unneeded.add(where);
    spare(where.operands().get(0));
    if (isDifference(x)) {
      spare(x);
      lookups.put(sum, of(where.operands().get(0), x.operands().get(0), x.operands().get(1)));
    } else {
      lookups.put(sum, of(where.operands().get(0), x, null));
    }
  }

  /** Finds Σ over places of where(label = number, x, 0), or of label = number, for each row. */
  private void findSum(Root root) {
    if (root.fold() != Fold.SUM || !layout.keepsRows(root)) {
      return;
    }
    Value value = root.value();
    if (isMatch(value)) {
      sums.put(root, of(value, null, null));
      spare(value);
      return;
    }
    Value x = atLabel(value);
    if (x != null) {
      unneeded.add(value);
      spare(value.operands().get(0));
      sums.put(root, summed(value.operands().get(0), x));
    }
  }

  /** What is only summed need not be multiplied out before. */
  private AtLabel summed(Value match, Value x) {
    boolean product =
        x.op() == Binary.MULTIPLY && onTile(x.operands().get(0)) && isShared(x.operands().get(1));
    long sums =
        loop.roots().stream()
            .filter(r -> r.fold() == Fold.SUM && layout.keepsRows(r))
            .filter(r -> r.value() == x || atLabel(r.value()) == x)
            .count();
    if (!product || sums < uses.get(x)) {
      return of(match, x, null);
    }
    unneeded.add(x);
    AtLabel factors = of(match, x.operands().get(0), null);
    return new AtLabel(factors.value, x.operands().get(1), null, factors.label, factors.number);
  }

  private void findChoice(Value where) {
    if (where.op() instanceof Where
        && !isUnneeded(where)
        && isMatch(where.operands().get(0))
        && !onColumn(where.operands().get(1))
        && !onColumn(where.operands().get(2))) {
      Value match = where.operands().get(0);
      AtLabel at = of(match, null, null);
      choices.put(
          where, new Choice(at.label, at.number, where.operands().get(1), where.operands().get(2)));
      spare(match);
    }
  }

  /** Finds Σ over rows of x · choice. */
  private void findDot(Value sum) {
    if (!(sum.op() instanceof Reduction reduction) || reduction.fold() != Fold.SUM) {
      return;
    }
    Value product = sum.operands().get(0);
    if (product.op() != Binary.MULTIPLY || uses.get(product) != 1) {
      return;
    }
    for (int side = 0; side < 2; side++) {
      Value where = product.operands().get(side);
      Value x = product.operands().get(1 - side);
      if (choices.containsKey(where) && onTile(x) && x != where) {
        dots.put(sum, new ChosenDot(choices.get(where), x));
        unneeded.add(product);
        spare(where);
        return;
      }
    }
  }

  /** Finds p · (choice − s + more), and that with another choice by the same label added. */
  private void findGradient(Value value) {
    if (isUnneeded(value) || !onTile(value)) {
      return;
    }
    if (findFactors(value, null)) {
      return;
    }
    for (int side = 0; side < 2 && value.op() == Binary.ADD; side++) {
      Value product = value.operands().get(side);
      Value where = value.operands().get(1 - side);
      if (uses.get(product) == 1 && choices.containsKey(where) && findFactors(product, value)) {
        return;
      }
    }
  }

  private boolean findFactors(Value product, @Nullable Value sum) {
    for (int side = 0; side < 2 && product.op() == Binary.MULTIPLY; side++) {
      Value factor = product.operands().get(side);
      Value p = product.operands().get(1 - side);
      Value difference = withoutNumber(factor);
      if (difference.op() != Binary.SUBTRACT
          || uses.get(difference) != 1
          || uses.get(factor) != 1
          || !onTile(p)) {
        continue;
      }
      Value where = difference.operands().get(0);
      Value addend =
          sum == null ? null : sum.operands().get(sum.operands().get(0) == product ? 1 : 0);
      if (choices.containsKey(where)
          && isShared(difference.operands().get(1))
          && (addend == null || isSameLabel(choices.get(where), choices.get(addend)))) {
        Value result = sum == null ? product : sum;
        Choice added = addend == null ? null : choices.get(addend);
        Value s = difference.operands().get(1);
        double more = factor == difference ? -0.0 : number(factor); // +0 would change −0
        gradients.put(result, new Gradient(choices.get(where), added, p, s, more));
        unneeded.add(difference);
        unneeded.add(factor);
        spare(where);
        if (sum != null) {
          unneeded.add(product);
          spare(addend);
        }
        return true;
      }
    }
    return false;
  }

  /** Returns x where a value is x plus a number, else the value. */
  private static Value withoutNumber(Value value) {
    for (int side = 0; side < 2 && value.op() == Binary.ADD; side++) {
      if (value.operands().get(side).op() instanceof Leaf.Scalar) {
        return value.operands().get(1 - side);
      }
    }
    return value;
  }

  private static double number(Value sum) {
    Value first = sum.operands().get(0);
    Value number = first.op() instanceof Leaf.Scalar ? first : sum.operands().get(1);
    return ((Leaf.Scalar) number.op()).value();
  }

  private static boolean isSameLabel(Choice a, Choice b) {
    return a.label == b.label && a.number == b.number;
  }

  /** Returns x of a where(label = number, x, 0) that nobody else needs, or null. */
  private @Nullable Value atLabel(Value where) {
    return where.op() instanceof Where
            && uses.get(where) == 1
            && isMatch(where.operands().get(0))
            && onTile(where.operands().get(1))
            && where.operands().get(2).op() instanceof Leaf.Scalar otherwise
            && otherwise.value() == 0
        ? where.operands().get(1)
        : null;
  }

  private AtLabel of(Value match, @Nullable Value value, @Nullable Value less) {
    int label = labelSide(match);
    return new AtLabel(
        value, null, less, match.operands().get(label), match.operands().get(1 - label));
  }

  /** Tells whether a value is a difference between rows and something that all rows share. */
  private boolean isDifference(Value value) {
    return value.op() == Binary.SUBTRACT
        && onTile(value.operands().get(0))
        && isShared(value.operands().get(1));
  }

  /** Tells whether a value compares a label for each place with a number for each row. */
  private boolean isMatch(Value value) {
    return value.op() == Binary.EQUAL && labelSide(value) >= 0;
  }

  private int labelSide(Value equal) {
    for (int side = 0; side < 2; side++) {
      Value label = equal.operands().get(side);
      Value row = equal.operands().get(1 - side);
      if (onColumn(label) && !layout.hasRows(label) && !onColumn(row) && layout.hasRows(row)) {
        return side;
      }
    }
    return -1;
  }

  /** Tells whether all rows share a value that differs from place to place. */
  private boolean isShared(Value value) {
    return onColumn(value) && !layout.hasRows(value);
  }

  private boolean onTile(Value value) {
    return onColumn(value) && layout.hasRows(value);
  }

  private boolean onColumn(Value value) {
    return layout.onColumn(value);
  }
}
