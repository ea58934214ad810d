package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.graph.Graph;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnginesTests {
  private record Named(String name) implements Engine {
    @Override
    public String description() {
      return name;
    }

    @Override
    public int rank() {
      return 1;
    }

    @Override
    public Program compile(Graph graph) {
      throw new EngineException("it is but a name");
    }
  }

  private static final List<Engine> THREE =
      List.of(new Named("cpu"), new Named("opencl"), new Named("reference"));

  @AfterEach
  void forgetTheProperty() {
    System.clearProperty("lossmith.engine");
  }

  @Test
  void theReferenceIsAlwaysFound() {
    assertThat(Engines.byName("reference").rank()).isZero();
    assertThat(Engines.all())
        .extracting(Engine::name)
        .contains("reference")
        .doesNotHaveDuplicates();
  }

  @Test
  void enginesAreSortedBestFirst() {
    assertThat(Engines.all()).isSortedAccordingTo(Comparator.comparing(Engine::rank).reversed());
    assertThat(Engines.defaultEngine()).isSameAs(Engines.all().get(0));
  }

  @Test
  void aPropertyChoosesTheDefault() {
    System.setProperty("lossmith.engine", "reference");
    assertThat(Engines.defaultEngine().name()).isEqualTo("reference");
    System.setProperty("lossmith.engine", "");
    assertThat(Engines.defaultEngine()).isSameAs(Engines.all().get(0));
    System.setProperty("lossmith.engine", "referenc");
    assertThatThrownBy(Engines::defaultEngine).hasMessageEndingWith("did you mean reference?");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> Engines.choose(THREE, "cpuu"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine: \"cpuu\" is not one of cpu, opencl, reference; did you mean cpu?");
    assertThatThrownBy(() -> Engines.choose(THREE, "OpenCL"))
        .hasMessageEndingWith("did you mean opencl?");
    assertThatThrownBy(() -> Engines.choose(THREE, "open-cl:0"))
        .hasMessageEndingWith("did you mean opencl?");
    assertThatThrownBy(() -> Engines.choose(THREE, "abacus"))
        .hasMessage("engine: \"abacus\" is not one of cpu, opencl, reference");
    assertThatThrownBy(() -> Engines.choose(THREE, ""))
        .hasMessageStartingWith("engine: \"\" is not");
  }

  @Test
  void aDetailIsHandedToTheEngine() {
    Engine detailed = new Named("cpu:2");
    Engine engine =
        new Engine() {
          @Override
          public String name() {
            return "opencl";
          }

          @Override
          public String description() {
            return "";
          }

          @Override
          public int rank() {
            return 1;
          }

          @Override
          public Program compile(Graph graph) {
            throw new EngineException("it is but a name");
          }

          @Override
          public Engine withDetail(String detail) {
            assertThat(detail).isEqualTo("some: device");
            return detailed;
          }
        };
    assertThat(Engines.choose(List.of(engine), "opencl:some: device")).isSameAs(detailed);
  }

  @Test
  void mostEnginesTakeNoDetail() {
    assertThatThrownBy(() -> Engines.choose(THREE, "cpu:2"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine: \"cpu:2\" has a detail after the colon, cpu takes none; use \"cpu\".");
  }

  @Test
  void threadsMeanNothingToMostEngines() {
    Engine engine = THREE.get(0);
    assertThat(engine.withThreads(3)).isSameAs(engine);
    assertThatThrownBy(() -> engine.withThreads(0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("cpu: threads is 0, must be ≥ 1");
  }
}
