package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How far classes are from each other, divided by the greatest distance. Its arrays live as long as
 * the option, so that every trace of a loss meets the same constants.
 */
final class Distances implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private static final String MUST =
      "a list of as many lists of as many numbers ≥ 0 each, not all of them 0";

  private final float[][] rows;

  private Distances(float[][] rows) {
    this.rows = rows;
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they are not square, or hold other than numbers ≥ 0
   */
  static Distances read(String who, Object given) {
    if (given instanceof Distances) {
      return (Distances) given;
    }
    List<?> list = given instanceof double[][] ? List.of((double[][]) given) : asList(given);
    double[][] numbers = new double[list.size()][];
    double largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row(who, given, list.get(i), numbers.length);
      largest = Math.max(largest, Arrays.stream(numbers[i]).max().orElse(0));
    }
    if (largest == 0) {
      throw Words.mustBe(who, show(numbers), MUST);
    }
    float[][] rows = new float[numbers.length][numbers.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        rows[i][j] = (float) (numbers[i][j] / largest);
      }
    }
    return new Distances(rows);
  }

  int classes() {
    return rows.length;
  }

  /** Returns the distances from one class, {@code [C]}. */
  Tensor from(int label) {
    return Tensor.wrap(rows[label], rows.length);
  }

  private static List<?> asList(Object given) {
    return given instanceof List ? (List<?>) given : List.of();
  }

  private static double[] row(String who, Object all, Object given, int length) {
    List<?> list =
        given instanceof double[]
            ? Arrays.stream((double[]) given).boxed().toList()
            : asList(given);
    double[] row = new double[length];
    for (int i = 0; i < length; i++) {
      if (list.size() != length || !(list.get(i) instanceof Number)) {
        throw Words.mustBe(who, all instanceof double[][] ? show((double[][]) all) : all, MUST);
      }
      row[i] = ((Number) list.get(i)).doubleValue();
      if (!Range.AT_LEAST_0.holds(row[i])) {
        throw Words.mustBe(who, all instanceof double[][] ? show((double[][]) all) : all, MUST);
      }
    }
    return row;
  }

  private static List<List<Double>> show(double[][] numbers) {
    return Arrays.stream(numbers).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Distances && Arrays.deepEquals(rows, ((Distances) other).rows);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(rows);
  }
}
