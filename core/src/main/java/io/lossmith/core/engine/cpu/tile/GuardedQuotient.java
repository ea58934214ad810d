package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Quotient;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@link Quotient}s off values. */
final class GuardedQuotient {
  private GuardedQuotient() {}

  /** Returns the numbers of a value that is one. */
  static Quotient of(Value value) {
    boolean scaled = value.op() == Binary.MULTIPLY;
    Value choice = scaled ? scaled(value) : value;
    Value least = choice.operands().get(0).operands().get(0);
    return new Quotient(number(least), scaled ? number(factor(value)) : 1);
  }

  /** Returns the choice that a product with a number is of, or null if there is none. */
  static @Nullable Value scaled(Value product) {
    for (Value factor : product.operands()) {
      if (factor.op() instanceof Where) {
        return factor(product).op() instanceof Leaf.Scalar ? factor : null;
      }
    }
    return null;
  }

  private static Value factor(Value product) {
    List<Value> factors = product.operands();
    return factors.get(factors.get(0).op() instanceof Where ? 1 : 0);
  }

  private static float number(Value scalar) {
    return (float) ((Leaf.Scalar) scalar.op()).value();
  }
}
