package io.lossmith.autodiff;

import java.util.List;
import java.util.stream.Stream;

/** The elementwise rows of the table of operations, of numbers from where they are smooth. */
public final class TableFunctions {
  private static final List<OpRow> ONE = rows(1);
  private static final List<OpRow> TWO = rows(2);

  private TableFunctions() {}

  private static List<OpRow> rows(int operands) {
    return Stream.concat(OpTable.elementwise().stream(), OpTable.joint().stream())
        .filter(row -> row.shapes.get(0).length == operands)
        .toList();
  }

  /** Returns how many there are of one operand. */
  public static int ofOne() {
    return ONE.size();
  }

  /** Returns how many there are of two operands. */
  public static int ofTwo() {
    return TWO.size();
  }

  /** Applies a row to a tensor that is brought into its range. */
  public static Tensor apply(int row, Tensor x) {
    return ONE.get(row).f.apply(List.of(within(ONE.get(row), x)));
  }

  /** Applies a row to two tensors that are brought into its range. */
  public static Tensor apply(int row, Tensor x, Tensor y) {
    return TWO.get(row).f.apply(List.of(within(TWO.get(row), x), within(TWO.get(row), y)));
  }

  private static Tensor within(OpRow row, Tensor x) {
    return x.sigmoid().times(row.high - row.low).plus(row.low);
  }
}
