package io.lossmith.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTests {
  private static final long MEGA = 1 << 20;

  @TempDir private Path folder;

  private Requirements required(long memory) {
    return Requirements.executors(SharedFile.in(folder.resolve("out")), memory);
  }

  @Test
  void whoHasAllMayTakePart() {
    assertThat(required(MEGA).mistake("worker 0")).isEmpty();
    assertThat(Requirements.local(MEGA, 3).mistake("worker 0")).isEmpty();
  }

  @Test
  void whoHasNoVectorModuleIsToldTheOption() {
    assertThat(required(0).mistake("worker 1 at b", ModuleLayer.empty(), MEGA))
        .isEqualTo(
            "worker 1 at b runs a Java without the module jdk.incubator.vector; give --conf"
                + " spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector, or with"
                + " -Dlossmith.simd=false compute without it, several times slower.");
  }

  @Test
  void tooLittleMemoryIsToldWithWhatIsNeeded() {
    assertThat(required(700 * MEGA).mistake("worker 1 at b", ModuleLayer.boot(), 600 * MEGA))
        .isEqualTo(
            "worker 1 at b has 600 MB of memory, must have 700 MB; give --executor-memory 700m or"
                + " more, a smaller --batch or --crop, or more --workers.");
    assertThat(
            Requirements.local(700 * MEGA, 2).mistake("worker 1", ModuleLayer.boot(), 800 * MEGA))
        .isEqualTo(
            "worker 1 has 800 MB of memory, 2 workers in it must have 1400 MB; give"
                + " JAVA_OPTS=-Xmx1400m or more, a smaller --batch or --crop, or fewer --workers.");
  }

  @Test
  void theSharedFileLeavesNothingBehind() {
    SharedFile file = SharedFile.in(folder.resolve("out"));
    assertThat(file.isSeen()).isTrue();
    file.remove();
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }
}
