package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.graph.Graph;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
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

  private static Engine choose(List<Engine> engines, String name) {
    return new Engines.Found(engines, List.of()).byName(name);
  }

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
    assertThatThrownBy(Engines::defaultEngine)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("-Dlossmith.engine: \"referenc\" is not one of cpu, ")
        .hasMessageEndingWith("did you mean reference?");
  }

  @Test
  void theReferenceIsNoDefaultUnlessAskedFor() {
    Engine reference = THREE.get(2);
    Engines.Found broken = new Engines.Found(List.of(reference), List.of("it has no memory"));
    assertThatThrownBy(() -> broken.standard(null))
        .isExactlyInstanceOf(EngineException.class)
        .hasMessage(
            "engine: cpu could not be loaded: it has no memory; -Dlossmith.engine=NAME takes"
                + " another, of reference");
    assertThat(broken.standard("reference")).isSameAs(reference);
    Engines.Found others = new Engines.Found(THREE.subList(1, 3), List.of());
    assertThatThrownBy(() -> others.standard(null))
        .isExactlyInstanceOf(EngineException.class)
        .hasMessageContaining("is lossmith-core on the class path whole?");
    assertThat(others.standard("opencl")).isSameAs(THREE.get(1));
    assertThat(new Engines.Found(THREE, List.of("another is broken")).standard(null))
        .isSameAs(THREE.get(0));
  }

  @Test
  void aCpuEngineThatCannotBeLoadedIsAnErrorAndSaysWhy() throws Exception {
    String cpu = "io.lossmith.core.engine.cpu.CpuEngine";
    URL[] classes = {Engines.class.getProtectionDomain().getCodeSource().getLocation()};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(classes, ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(cpu)) {
              throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
          }
        }) {
      thread.setContextClassLoader(loader);
      Method method = loader.loadClass(Engines.class.getName()).getMethod("defaultEngine");
      assertThatThrownBy(() -> method.invoke(null))
          .cause()
          .hasToString(
              EngineException.class.getName()
                  + ": engine: cpu could not be loaded: java.util.ServiceConfigurationError: "
                  + Engine.class.getName()
                  + ": Provider "
                  + cpu
                  + " not found; -Dlossmith.engine=NAME takes another, of reference");
      System.setProperty("lossmith.engine", "reference");
      assertThat(method.invoke(null).getClass().getSimpleName()).isEqualTo("ReferenceEngine");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void anEngineOfAnotherJarIsAnsweredWithTheArtifactToAdd() {
    for (String name : List.of("opencl", "opencl:1", "auto")) {
      assertThatThrownBy(() -> Engines.byName(name))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "engine: \""
                  + name
                  + "\" is not one of cpu, reference; add io.lossmith:lossmith-gpu-opencl to the"
                  + " class path");
    }
    assertThatThrownBy(
            () -> new Engines.Found(List.of(), List.of("it has no driver")).byName("opencl"))
        .hasMessageEndingWith(
            "to the class path, or mend what could not be loaded: it has no driver");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> choose(THREE, "cpuu"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine: \"cpuu\" is not one of cpu, opencl, reference; did you mean cpu?");
    assertThatThrownBy(() -> choose(THREE, "OpenCL")).hasMessageEndingWith("did you mean opencl?");
    assertThatThrownBy(() -> choose(THREE, "open-cl:0"))
        .hasMessageEndingWith("did you mean opencl?");
    assertThatThrownBy(() -> choose(THREE, "abacus"))
        .hasMessage("engine: \"abacus\" is not one of cpu, opencl, reference");
    assertThatThrownBy(() -> choose(THREE, "")).hasMessageStartingWith("engine: \"\" is not");
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
    assertThat(choose(List.of(engine), "opencl:some: device")).isSameAs(detailed);
  }

  @Test
  void mostEnginesTakeNoDetail() {
    assertThatThrownBy(() -> choose(THREE, "cpu:2"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine: \"cpu:2\" has a detail after the colon, cpu takes none; use \"cpu\".");
  }

  @Test
  void threadsMeanNothingToMostEngines() {
    Engine engine = THREE.get(0);
    assertThat(engine.withThreads(3)).isSameAs(engine);
    assertThatThrownBy(() -> engine.withThreads(0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("cpu: threads is 0, must be in 1..4096");
  }
}
