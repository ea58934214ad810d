package io.lossmith.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.cpu.KernelProvider;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The CPU engine; the build runs this twice, with vector instructions and without. */
class CpuTests {
  @TestFactory
  Stream<DynamicTest> numbersAreThoseOfPyTorch() throws IOException {
    return Case.tests(Engines.byName("cpu"), one -> true);
  }

  @Test
  void withoutSimdThePlainKernelsRun() {
    boolean plain = System.getProperty(KernelProvider.PROPERTY, "true").equals("false");
    String kernels = KernelProvider.kernels().getClass().getSimpleName();
    assertThat(kernels).matches(plain ? "PlainKernels" : "SimdKernels|PlainKernels");
  }
}
