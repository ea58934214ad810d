package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;
import java.util.Objects;

/**
 * The fold of what each of several workers has at a place, which all of them get: the operand's
 * shape stays. A second operand, if there is one, is another exchange that comes before this: all
 * workers exchange in one order.
 *
 * @param fold how the workers' numbers are joined
 * @param exchange what connects them; compared by identity
 */
public record AllReduce(Fold fold, Exchange exchange) implements WholeArrayOp {
  /** Refuses null. */
  public AllReduce {
    Objects.requireNonNull(fold, "fold");
    Objects.requireNonNull(exchange, "exchange");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.allReduce(this);
  }

  @Override
  public String label() {
    return "all-reduce " + fold.label();
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(0);
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    System.arraycopy(operands[0], 0, result, 0, result.length);
    exchange.allReduce(result, result.length, fold);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AllReduce
        && ((AllReduce) other).fold == fold
        && ((AllReduce) other).exchange == exchange;
  }

  @Override
  public int hashCode() {
    return 31 * fold.hashCode() + System.identityHashCode(exchange);
  }
}
