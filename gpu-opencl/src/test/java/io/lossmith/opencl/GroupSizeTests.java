package io.lossmith.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.JoinedSamples;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.OpenClCases;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Devices;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Work-groups are as large as a kernel's driver wants them, which no result depends on. */
@NeedsDevice
class GroupSizeTests {
  private static final Device REAL = Devices.here().preferred();

  /** So many samples run as one program. */
  private static final int TOGETHER = 15;

  private static final List<Sample> SOME = OpenClCases.asked().spread(8);

  private static Device device(int promises, int takes) {
    return SimulatedDriver.device(REAL, promises, takes, SimulatedDriver.ANY);
  }

  @TestFactory
  Stream<DynamicTest> theSameBitsForEverySize() {
    return JoinedSamples.of(SOME, TOGETHER).stream()
        .map(JoinedSamples::whole)
        .map(sample -> dynamicTest(sample.name(), () -> requireSameBits(sample)));
  }

  private static void requireSameBits(Sample sample) {
    float[][] want = sample.run(new OpenClEngine(REAL, 0));
    for (int size : new int[] {1, 8, 32, 64, 256}) {
      float[][] got = sample.run(new OpenClEngine(device(size, size), 0));
      assertThat(Arrays.deepEquals(got, want)).as("work-groups of " + size).isTrue();
    }
  }

  @Test
  void itIsTheLargestPartThatTheKernelMayHave() {
    int real = size(REAL);
    assertThat(real).isBetween(1, 256);
    assertThat(size(device(32, 32))).isEqualTo(Math.min(32, real));
    assertThat(size(device(100, 100))).isEqualTo(Math.min(64, real));
    assertThat(size(device(1, 1))).isEqualTo(1);
  }

  private static int size(Device device) {
    try (Program program = new OpenClEngine(device, 0).compile(Samples.all().get(0).graph())) {
      return size(program);
    }
  }

  /** Returns how many items the program says that it takes. */
  private static int size(Program program) {
    Matcher said = Pattern.compile(" items in work-groups of (\\d+)\n").matcher(program.explain());
    assertThat(said.find()).as("%s", program.explain()).isTrue();
    return Integer.parseInt(said.group(1));
  }

  @Test
  void aSizeThatIsRefusedWhenItRunsIsMadeSmaller() {
    Sample sample = SOME.get(3);
    try (Program program = new OpenClEngine(device(256, 20), 0).compile(sample.graph())) {
      for (int run = 0; run < 3; run++) {
        float[][] got = sample.outputs();
        program.run(sample.inputs(), got);
        sample.require(got);
      }
      assertThat(size(program)).isBetween(1, 20);
    }
  }

  @Test
  void aDriverThatRefusesAllIsAnError() {
    Sample sample = SOME.get(0);
    try (Program program = new OpenClEngine(device(256, 0), 0).compile(sample.graph())) {
      assertThatThrownBy(() -> program.run(sample.inputs(), sample.outputs()))
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith("opencl: " + REAL)
          .hasMessageContaining("did not run the kernel, not even in work-groups of 1: ")
          .hasMessageContaining("out of resources; ")
          .hasMessageEndingWith("use the engine cpu");
      assertThatThrownBy(() -> program.run(sample.inputs(), sample.outputs()))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("failed before; compile the graph again");
    }
    sample.require(sample.run(new OpenClEngine(REAL, 0)));
  }
}
