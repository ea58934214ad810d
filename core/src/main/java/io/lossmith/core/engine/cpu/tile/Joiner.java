package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.tile.Selection.Emit;
import io.lossmith.core.engine.cpu.tile.Selection.Kind;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.Value;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Joins an operation with those emitted before it that nothing else reads, so that what is between
 * them is never stored.
 */
final class Joiner {
  private final List<Emit> emits;
  private final Predicate<Value> once;
  private final Predicate<Value> onColumn;

  /**
   * @param emits the instructions so far, to which joined ones are added
   * @param once tells whether a value is read by one other only
   * @param onColumn tells whether a value varies along the column
   */
  Joiner(List<Emit> emits, Predicate<Value> once, Predicate<Value> onColumn) {
    this.emits = emits;
    this.once = once;
    this.onColumn = onColumn;
  }

  /** Adds one instruction for a value and what it is made of; returns false if none fits. */
  boolean join(Value value) {
    return clamp(value)
        || limitedLogarithm(value)
        || scaledQuotient(value)
        || sigmoidSlope(value)
        || multiplyAdd(value)
        || multiplyFrom(value);
  }

  private boolean limitedLogarithm(Value value) {
    Logarithm logarithm = Logarithm.of(value, once);
    Emit last = emits.isEmpty() ? null : emits.get(emits.size() - 1);
    if (logarithm == null
        || last == null
        || last.value() != logarithm.inner()
        || last.kind() != Kind.UNARY) {
      return false;
    }
    replace(1, Kind.LOGARITHM, value, last.reads().get(0));
    return true;
  }

  /** low ≤ b ? a / b : c, as derivatives of logarithms are kept finite. */
  boolean quotient(Value value) {
    Value condition = value.operands().get(0);
    Value quotient = value.operands().get(1);
    Value otherwise = value.operands().get(2);
    if (condition.op() != Binary.LESS_EQUAL || quotient.op() != Binary.DIVIDE) {
      return false;
    }
    Value a = quotient.operands().get(0);
    Value b = quotient.operands().get(1);
    if (condition.operands().get(0).op() instanceof Leaf.Scalar
        && condition.operands().get(1) == b
        && Stream.of(a, b, otherwise).allMatch(onColumn)
        && Stream.of(condition, quotient).allMatch(once)) {
      emits.removeIf(e -> e.value() == condition || e.value() == quotient);
      replace(0, Kind.QUOTIENT, value, a, b, otherwise);
      return true;
    }
    return false;
  }

  /** A number times {@link #quotient}. */
  private boolean scaledQuotient(Value value) {
    Emit last = emits.isEmpty() ? null : emits.get(emits.size() - 1);
    if (last == null
        || last.kind() != Kind.QUOTIENT
        || value.op() != Binary.MULTIPLY
        || !once.test(last.value())
        || GuardedQuotient.scaled(value) != last.value()) {
      return false;
    }
    replace(1, Kind.QUOTIENT, value, last.reads().toArray(Value[]::new));
    return true;
  }

  /** Tells whether the instruction emitted so many before the next one computes this, for it. */
  private boolean justMade(Value value, Binary op, int before) {
    int at = emits.size() - before;
    return at >= 0
        && emits.get(at).value() == value
        && emits.get(at).kind() == Kind.BINARY
        && value.op() == op
        && once.test(value);
  }

  private void replace(int count, Kind kind, Value value, Value... reads) {
    emits.subList(emits.size() - count, emits.size()).clear();
    emits.add(new Emit(kind, value, null, List.of(reads)));
  }

  private boolean clamp(Value value) {
    Clamp clamp = Clamp.of(value, once);
    if (clamp == null || !justMade(clamp.inner(), (Binary) clamp.inner().op(), 1)) {
      return false;
    }
    replace(1, Kind.CLAMP, value, clamp.x());
    return true;
  }

  /** g·(p·(1 − p)), with the inner two made last. */
  private boolean sigmoidSlope(Value value) {
    if (value.op() != Binary.MULTIPLY) {
      return false;
    }
    for (int side = 0; side < 2; side++) {
      Value g = value.operands().get(1 - side);
      Value slope = value.operands().get(side);
      if (!justMade(slope, Binary.MULTIPLY, 1) || !onColumn.test(g)) {
        continue;
      }
      Value p = slope.operands().get(0);
      Value rest = slope.operands().get(1);
      if (isRest(p, rest) || isRest(rest, p)) {
        replace(2, Kind.SIGMOID_SLOPE, value, g, isRest(p, rest) ? p : rest);
        return true;
      }
    }
    return false;
  }

  /** Tells whether the instruction before the last makes 1 − p. */
  private boolean isRest(Value p, Value rest) {
    return onColumn.test(p)
        && justMade(rest, Binary.SUBTRACT, 2)
        && rest.operands().get(1) == p
        && rest.operands().get(0).op() instanceof Leaf.Scalar one
        && one.value() == 1;
  }

  /**
   * A sum takes a product in; so does a difference from a product, if what is taken away is one
   * number for all of the column.
   */
  private boolean multiplyAdd(Value value) {
    boolean adds = value.op() == Binary.ADD;
    if (!adds && value.op() != Binary.SUBTRACT) {
      return false;
    }
    for (int side = 0; side < (adds ? 2 : 1); side++) {
      Value product = value.operands().get(side);
      Value addend = value.operands().get(1 - side);
      if ((adds || !onColumn.test(addend))
          && product != addend
          && joinsProduct(adds ? Kind.MULTIPLY_ADD : Kind.MULTIPLY_SUBTRACT, value, side)) {
        return true;
      }
    }
    return false;
  }

  private boolean multiplyFrom(Value value) {
    return value.op() == Binary.SUBTRACT && joinsProduct(Kind.MULTIPLY_FROM, value, 1);
  }

  private boolean joinsProduct(Kind kind, Value value, int side) {
    Value product = value.operands().get(side);
    if (!justMade(product, Binary.MULTIPLY, 1)) {
      return false;
    }
    List<Value> factors = product.operands();
    int first = onColumn.test(factors.get(0)) ? 0 : 1;
    if (!onColumn.test(factors.get(first))) {
      return false;
    }
    Value other = factors.get(1 - first);
    replace(1, kind, value, factors.get(first), other, value.operands().get(1 - side));
    return true;
  }
}
