package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aparapi.device.OpenCLDevice;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.graph.Graph;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Devices;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be done is said, by us, and never done elsewhere in silence. */
@NeedsDevice
class FailureTests {
  private static final Graph SMALL =
      Graph.of(List.of(Shape.of(3)), List.of(exp(input(0, 3)), total(input(0, 3))));

  @Test
  void anArrayLargerThanTheDeviceTakesIsRefusedBeforeItIsTried() {
    Device real = Devices.here().preferred();
    OpenCLDevice handle =
        new OpenCLDevice(
            real.handle().getOpenCLPlatform(),
            real.handle().getDeviceId(),
            real.handle().getType());
    handle.setName("small");
    handle.setMaxComputeUnits(1);
    handle.setMaxMemAllocSize(1 << 20);
    handle.setGlobalMemSize((1 << 21) - 1);
    OpenClEngine engine = new OpenClEngine(new Device(0, handle), 0);
    assertThatThrownBy(() -> engine.compile(doubled(1 << 19)))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "opencl: an array of the program takes 2097152 bytes, must be at most 1048576 on 0"
                + " small; split the batch, or use the engine cpu");
    assertThatThrownBy(() -> engine.compile(doubled(1 << 18)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("opencl: all arrays together of the program takes 2097152");
  }

  @Test
  void anArrayBeyondTwoGigabytesIsRefused() {
    assertThatThrownBy(() -> new OpenClEngine().compile(doubled(600_000_000)))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "opencl: an array of the program has 600000000 numbers, must be at most 536870911"
                + " (2 GB); split the batch, or use the engine cpu");
  }

  private static Graph doubled(int count) {
    return Graph.of(List.of(Shape.of(count)), List.of(add(input(0, count), input(0, count))));
  }

  @Test
  void aDeviceThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> Engines.byName("opencl:no such device"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("opencl: device \"no such device\" is none of 0 (");
    assertThat(Engines.byName("opencl:0")).isEqualTo(Engines.byName("opencl:0"));
    assertThat(Engines.byName("opencl:0").withThreads(2)).isNotEqualTo(Engines.byName("opencl:0"));
  }
}
