package io.lossmith.autodiff;

import java.io.Serial;
import java.io.Serializable;

/** What stands for a tensor in a stream: its shape and its numbers. */
record SerialTensor(int[] sizes, float[] values, boolean parameter) implements Serializable {
  @Serial
  private Object readResolve() {
    return parameter ? Parameter.of(values, sizes) : Tensor.of(values, sizes);
  }
}
