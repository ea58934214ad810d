package io.lossmith.core.engine.cpu.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.KernelsContract;
import io.lossmith.core.op.Unary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimdKernelsTests extends KernelsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }

  /** What an element becomes must not depend on what happens to lie beside it. */
  @ParameterizedTest
  @EnumSource(
      value = Unary.class,
      names = {"LOG", "LOG1P"})
  void shorterWayOfLogarithmsGivesTheSameBits(Unary op) {
    float[] x = new float[101];
    for (int i = 0; i < x.length; i++) {
      x[i] = i == 0 ? 0.3f : i / 64f;
    }
    float[] shorter = new float[x.length];
    kernels.unary(op, x, 0, shorter, 0, x.length);
    x[0] = Float.NaN;
    float[] longer = new float[x.length];
    kernels.unary(op, x, 0, longer, 0, x.length);
    assertThat(longer[0]).isNaN();
    longer[0] = shorter[0];
    assertThat(longer).isEqualTo(shorter);
  }
}
