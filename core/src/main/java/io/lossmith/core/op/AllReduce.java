package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The fold of what several workers have, which all of them get. Operands are tables {@code [rows,
 * numbers]}, of as many rows as a worker has something for; folded are the rows of all workers. The
 * result is {@code [numbers]}, those of one table behind those of another. An operand of rank 1 is
 * another exchange that comes before this: all workers exchange in one order.
 *
 * <p>Rows are added up in double, and what comes out is rounded once: so it hardly ever matters
 * which worker has which row.
 *
 * @param fold how numbers are joined
 * @param exchange what connects the workers; compared by identity
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
    int numbers = 0;
    for (Shape operand : operands) {
      if (operand.rank() != 1 && operand.rank() != 2) {
        throw new ShapeException(
            "all-reduce: the operand is " + operand + ", must be a table [rows, numbers]");
      }
      numbers = Math.addExact(numbers, numbers(operand));
    }
    return Shape.of(numbers);
  }

  /** Returns how many numbers of the result are made of an operand. */
  public static int numbers(Shape operand) {
    return operand.rank() == 2 ? operand.get(1) : 0;
  }

  /** Returns how many bytes each worker brings. */
  public long bytes(List<Shape> operands) {
    return (long) Double.BYTES * shape(operands).count();
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Arrays.fill(result, fold.start());
    int from = 0;
    for (int i = 0; i < operands.length; i++) {
      int numbers = numbers(shapes.get(i));
      for (int at = 0; numbers > 0 && at < operands[i].length; at++) {
        int to = from + at % numbers;
        result[to] = fold.apply(result[to], operands[i][at]);
      }
      from += numbers;
    }
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
