package io.lossmith.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.internal.opencl.OpenCLPlatform;
import io.lossmith.core.engine.NeedsDevice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Aparapi's library, which warns of each platform that is newer than itself. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
@NeedsDevice
class QuietLibraryTests {
  private static final String UNTESTED = "untested OpenCL platform version: OpenCL 3";

  /** Uses Aparapi itself before the engine does. */
  static final class Sharing {
    public static void main(String[] args) {
      System.out.println("available: " + OpenCLLoader.isOpenCLAvailable());
      System.out.println("platforms: " + OpenCLPlatform.getUncachedOpenCLPlatforms().size());
      SignalHandlersTests.Building.build(5);
    }
  }

  @Test
  void aparapiWarnsNobodyOfTheVersion() {
    ChildJvm child = ChildJvm.run(LoaderTests.Listing.class, Map.of());
    assertThat(child.out()).contains("devices: [0 ");
    assertThat(child.err()).doesNotContain(UNTESTED);
  }

  /** Two copies of one library would not know of each other. */
  @Test
  void whoeverUsesAparapiBeforeKeepsItsOwnLibrary() {
    ChildJvm child = ChildJvm.run(Sharing.class, Map.of());
    assertThat(child.code()).as(child.err()).isZero();
    assertThat(child.out()).contains("available: true", "1.0, 0.0");
  }

  @Test
  void onlyTheWarningIsTakenOutOfTheLibrary() {
    byte[] warning =
        "WARNING: Aparapi is running on an untested OpenCL platform version: %s\n"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] library = new byte[warning.length + 20];
    Arrays.fill(library, (byte) 7);
    assertThat(QuietLibrary.quiet(library)).isNull();
    System.arraycopy(warning, 0, library, 9, warning.length);
    byte[] quiet = QuietLibrary.quiet(library);
    library[9] = 0;
    assertThat(quiet).isEqualTo(library);
    byte[] twice = Arrays.copyOf(library, 3 * library.length);
    System.arraycopy(warning, 0, twice, 0, warning.length);
    System.arraycopy(warning, 0, twice, library.length, warning.length);
    assertThat(QuietLibrary.quiet(twice)).isNull();
  }
}
