package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.JoinedSamples;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.OpenClCases;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Devices;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs of more passes than a kernel should have, and kernels that a driver does not take. */
@NeedsDevice
class KernelCutsTests {
  private static final Device REAL = Devices.here().preferred();
  private static final int TOGETHER = 4;
  private static final int MANY = 50;
  private static final int SPREAD = 8;

  private static Device device(Device real, int nests) {
    return SimulatedDriver.device(real, SimulatedDriver.ANY, SimulatedDriver.ANY, nests);
  }

  /** Each step needs the sum over the one before. */
  private static Graph longChain(int steps) {
    Node x = input(0, 600);
    for (int i = 0; i < steps; i++) {
      x = sub(x, mul(total(x), scalar(1.0 / 600)));
    }
    return Graph.of(List.of(Shape.of(600)), List.of(x));
  }

  @Test
  @Tag("large")
  void aProgramOfVeryManyPassesIsManyKernels() {
    for (Device device : List.of(REAL, OwnMemoryContractTests.DEVICE)) {
      float[] x = new float[600];
      x[0] = 600;
      float[][] got = {new float[600]};
      try (Program program = new OpenClEngine(device, 0).compile(longChain(MANY))) {
        assertThat(program.explain()).containsPattern("[0-9]{3} passes of [0-9]+ kernels in ");
        for (int run = 0; run < 3; run++) {
          x[0] = 600 * (run + 1);
          program.run(new float[][] {x}, got);
          assertThat(got[0][0]).isEqualTo(599f * (run + 1));
          assertThat(got[0][1]).isEqualTo(-1f * (run + 1));
        }
      }
    }
    try (Program program = new OpenClEngine(REAL, 0).compile(longChain(3))) {
      assertThat(program.explain()).contains(" passes of one kernel in 1 launch");
    }
  }

  /** Whatever is handed from kernel to kernel, through copies or not. */
  @Test
  void aDriverThatTakesSmallKernelsOnlyGetsThoseAndGivesTheSameBits() {
    List<Sample> some = OpenClCases.asked().spread(SPREAD);
    int cut = 0;
    for (JoinedSamples joined : JoinedSamples.of(some, TOGETHER)) {
      cut += requireSameBits(joined.whole());
    }
    assertThat(cut).as("programs of many kernels").isGreaterThan(3);
  }

  /** Returns how many of the programs were cut. */
  private static int requireSameBits(Sample sample) {
    int cut = 0;
    for (Device real : List.of(REAL, OwnMemoryContractTests.DEVICE)) {
      float[][] want = sample.run(new OpenClEngine(real, 0));
      Device picky = device(real, 2 * TOGETHER);
      try (Program program = new OpenClEngine(picky, 0).compile(sample.graph())) {
        cut += program.explain().contains(" kernels in ") ? 1 : 0;
        for (int run = 0; run < 2; run++) {
          float[][] got = sample.outputs();
          program.run(sample.inputs(), got);
          assertThat(Arrays.deepEquals(got, want)).as("run " + run).isTrue();
        }
      }
    }
    return cut;
  }

  @Test
  void aDriverThatBuildsNoKernelIsAnError() {
    assertThatThrownBy(() -> new OpenClEngine(device(REAL, 0), 0).compile(longChain(3)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("opencl: " + REAL)
        .hasMessageContaining("does not build the kernel: too many registers; ")
        .hasMessageEndingWith("use the engine cpu");
  }
}
