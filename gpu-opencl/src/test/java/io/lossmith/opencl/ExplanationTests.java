package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.total;
import static io.lossmith.core.graph.Nodes.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Convolution;
import io.lossmith.opencl.device.Devices;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsDevice
class ExplanationTests {
  @Test
  void itSaysWhatRunsWhereAndWhatTravels() {
    Shape shape = Shape.of(1, 1, 100, 100);
    Node x = input(0, 1, 1, 100, 100);
    Node convolved = of(new Convolution(window(2, 3, 1, 1)), exp(x), input(1, 1, 1, 3, 3));
    Graph graph = Graph.of(List.of(shape, Shape.of(1, 1, 3, 3)), List.of(total(exp(convolved))));
    try (Program program = new OpenClEngine(OwnMemoryContractTests.DEVICE, 0).compile(graph)) {
      assertThat(program.explain())
          .contains("passes of one kernel in 2 launches")
          .contains("80 kB up, 40 kB down in a run,")
          .contains("on the device, passes 1 to 1, ")
          .contains("on the processor, because it is neither elementwise nor a fold: convol")
          .contains("= exp in0")
          .contains("= sum of");
    }
    try (Program program = new OpenClEngine().compile(graph)) {
      if (Devices.here().preferred().isProcessor()) {
        assertThat(program.explain()).contains("none of it copied");
      }
    }
  }
}
