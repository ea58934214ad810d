package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One number for each class. Its array lives as long as the option, so that every trace of a loss
 * meets the same constant and finds the program that is there already.
 */
public final class ClassWeights implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final float[] values;

  public ClassWeights(float[] values) {
    this.values = values;
  }

  /**
   * Returns the numbers along axis 1 of a tensor of rank {@code rank}.
   *
   * @throws IllegalArgumentException if there are not as many as channels
   */
  public Tensor perChannel(String who, LossInputs s) {
    require(who, s);
    int[] sizes = new int[s.shape().rank()];
    Arrays.fill(sizes, 1);
    sizes[1] = values.length;
    return Tensor.wrap(values, sizes);
  }

  /** Returns the numbers as a tensor [C], with or without the first. */
  public Tensor perClass(String who, LossInputs s, boolean background) {
    require(who, s);
    Tensor all = Tensor.wrap(values, values.length);
    return background ? all : all.slice(0, 1, values.length);
  }

  /** Returns the numbers. */
  List<Float> toList() {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private void require(String who, LossInputs s) {
    if (values.length != s.classes()) {
      throw new IllegalArgumentException(
          who
              + " has "
              + values.length
              + (values.length == 1 ? " value" : " values")
              + ", must have one for each of the "
              + s.classes()
              + " channels of the prediction "
              + s.shape()
              + ", the background included");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassWeights && Arrays.equals(values, ((ClassWeights) other).values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
