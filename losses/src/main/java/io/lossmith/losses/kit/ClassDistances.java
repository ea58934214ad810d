package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How far classes are from each other, divided by the greatest distance. Its arrays live as long as
 * the option, so that every trace of a loss meets the same constants.
 */
public final class ClassDistances implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private static final String MUST =
      "a list of as many lists of as many numbers ≥ 0 each, not all of them 0";

  private final float[][] rows;

  private ClassDistances(float[][] rows) {
    this.rows = rows;
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they are not square, or hold other than numbers ≥ 0
   */
  public static ClassDistances read(String who, Object given) {
    if (given instanceof ClassDistances) {
      return (ClassDistances) given;
    }
    List<?> list = given instanceof double[][] ? List.of((double[][]) given) : asList(given);
    double[][] numbers = new double[list.size()][];
    double largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row(who, given, list.get(i), numbers.length);
      largest = Math.max(largest, Arrays.stream(numbers[i]).max().orElse(0));
    }
    if (largest == 0) {
      throw OptionText.mustBe(who, show(numbers), MUST);
    }
    float[][] rows = new float[numbers.length][numbers.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        rows[i][j] = (float) (numbers[i][j] / largest);
      }
    }
    return new ClassDistances(rows);
  }

  public int classes() {
    return rows.length;
  }

  /** Returns the distances from one class, {@code [C]}. */
  public Tensor from(int label) {
    return Tensor.wrap(rows[label], rows.length);
  }

  /** Returns whether every class is as far from every other, and from itself 0. */
  public boolean areEqual() {
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        if (rows[i][j] != (i == j ? 0 : 1)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the distances, from each class those to all. */
  List<List<Float>> toLists() {
    return Arrays.stream(rows).map(row -> new ClassWeights(row).toList()).toList();
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
        throw OptionText.mustBe(
            who, all instanceof double[][] ? show((double[][]) all) : all, MUST);
      }
      row[i] = ((Number) list.get(i)).doubleValue();
      if (!NumberRange.AT_LEAST_0.holds(row[i])) {
        throw OptionText.mustBe(
            who, all instanceof double[][] ? show((double[][]) all) : all, MUST);
      }
    }
    return row;
  }

  private static List<List<Double>> show(double[][] numbers) {
    return Arrays.stream(numbers).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassDistances
        && Arrays.deepEquals(rows, ((ClassDistances) other).rows);
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
