package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.EngineProgram;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AutoEngineTests {
  private static final Graph LARGE = graph(1 << 18);
  private static final Graph SMALL = graph(100);

  private static Graph graph(int count) {
    return Graph.of(List.of(Shape.of(count)), List.of(exp(input(0, count))));
  }

  /** An engine whose programs do nothing but take so long. */
  private record Slow(String name, long millis) implements Engine {
    @Override
    public String description() {
      return name;
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public Program compile(Graph graph) {
      if (millis < 0) {
        throw new EngineException("it is too small");
      }
      EngineProgram slow =
          new EngineProgram() {
            @Override
            public Call newCall() {
              return new Call(graph) {
                @Override
                public void run() {
                  waitFor(millis);
                  throw new IllegalArgumentException("zeros break a check");
                }
              };
            }

            @Override
            public String explain() {
              return name;
            }
          };
      return new Program(name, graph, slow);
    }
  }

  private static void waitFor(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static String chosen(Graph graph, Engine processor, @Nullable Engine device) {
    return new AutoEngine(() -> processor, () -> device).compile(graph).explain();
  }

  @Test
  void theFasterOneIsChosen() {
    assertThat(chosen(LARGE, new Slow("cpu", 40), new Slow("gpu", 1))).isEqualTo("gpu");
    assertThat(chosen(LARGE, new Slow("cpu", 1), new Slow("gpu", 40))).isEqualTo("cpu");
  }

  @Test
  void smallProgramsStayOnTheProcessor() {
    assertThat(chosen(SMALL, new Slow("cpu", 40), new Slow("gpu", 1))).isEqualTo("cpu");
  }

  @Test
  void withoutADeviceOrOnOneThatFailsItIsTheProcessor() {
    assertThat(chosen(LARGE, new Slow("cpu", 1), null)).isEqualTo("cpu");
    assertThat(chosen(LARGE, new Slow("cpu", 1), new Slow("gpu", -1))).isEqualTo("cpu");
  }

  @Test
  void itIsFoundByItsName() {
    Engine auto = Engines.byName("auto");
    float[][] got = {new float[100]};
    try (Program program = auto.withThreads(1).compile(SMALL)) {
      program.run(new float[][] {new float[100]}, got);
    }
    assertThat(got[0]).containsOnly(1);
    assertThat(auto.description()).isNotBlank();
    assertThat(Engines.defaultEngine().name()).isEqualTo("cpu");
    assertThatThrownBy(() -> auto.withThreads(0)).hasMessageContaining("threads is 0");
  }
}
