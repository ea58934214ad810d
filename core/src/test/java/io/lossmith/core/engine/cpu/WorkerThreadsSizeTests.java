package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How many threads there are, and who says so. */
class WorkerThreadsSizeTests {
  @Test
  void teamsAreSharedBySize() {
    assertThat(WorkerThreads.of(3)).isSameAs(WorkerThreads.of(3));
    assertThat(WorkerThreads.of(3).size()).isEqualTo(3);
    assertThatThrownBy(() -> WorkerThreads.of(0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: size is 0, must be in 1..4096");
  }

  @Test
  void thePropertyChoosesTheSizeOfTheUsualTeam() {
    String before = System.getProperty(WorkerThreads.PROPERTY);
    try {
      System.setProperty(WorkerThreads.PROPERTY, "5");
      assertThat(WorkerThreads.ofMachine().size()).isEqualTo(5);
      for (String bad : List.of("many", "0", "-2", "1.5", "4097", "")) {
        System.setProperty(WorkerThreads.PROPERTY, bad);
        assertThatThrownBy(WorkerThreads::ofMachine)
            .isExactlyInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("-Dlossmith.threads is \"" + bad + "\", must be a whole number");
        CpuEngine engine = new CpuEngine();
        for (Runnable use : List.<Runnable>of(engine::description, () -> engine.withThreads(2))) {
          assertThatThrownBy(use::run)
              .isExactlyInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("-Dlossmith.threads is \"" + bad);
        }
      }
      System.clearProperty(WorkerThreads.PROPERTY);
      assertThat(WorkerThreads.ofMachine().size())
          .isEqualTo(Runtime.getRuntime().availableProcessors());
    } finally {
      if (before == null) {
        System.clearProperty(WorkerThreads.PROPERTY);
      } else {
        System.setProperty(WorkerThreads.PROPERTY, before);
      }
    }
  }
}
