package io.lossmith.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.aparapi.Kernel;
import com.aparapi.Range;
import io.lossmith.core.engine.OclgrindLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A bad kernel is noticed on Oclgrind, and still is after a good one has run. */
@Tag("oclgrind")
@EnabledIfEnvironmentVariable(named = "OCLGRIND_LOG", matches = ".+")
class OclgrindLogTests {
  private static final int ITEMS = 512;

  /** Each item writes its number to one place. */
  public static final class Racing extends Kernel {
    public int[] numbers = new int[ITEMS];

    @Override
    public void run() {
      numbers[0] = getGlobalId();
    }
  }

  /** The last item writes beyond the end. */
  public static final class Outside extends Kernel {
    public int[] numbers = new int[ITEMS];

    @Override
    public void run() {
      numbers[getGlobalId() + 1] = 1;
    }
  }

  /** Each item writes to its own place. */
  public static final class Good extends Kernel {
    public int[] numbers = new int[ITEMS];

    @Override
    public void run() {
      numbers[getGlobalId()] = 1;
    }
  }

  /** Runs a kernel in a JVM with a log of its own, then a good one, and prints what is noticed. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      OclgrindLog.requireEmpty();
      run(
          switch (args[0]) {
            case "Racing" -> new Racing();
            case "Outside" -> new Outside();
            default -> new Good();
          });
      run(new Good());
      try {
        OclgrindLog.requireEmpty();
        System.out.println("nothing");
      } catch (AssertionError e) {
        System.out.println(e.getMessage());
      }
    }

    private static void run(Kernel kernel) {
      kernel.execute(Range.create(ITEMS, 256));
      if (!kernel.isRunningCL()) {
        throw new IllegalStateException(kernel + " did not run on the device");
      }
      kernel.dispose();
    }
  }

  @TempDir private Path folder;

  @BeforeAll
  static void skipWhereThereIsNone() {
    assumeFalse(Devices.here().all().isEmpty(), "no Oclgrind");
  }

  private String noticed(Class<? extends Kernel> kernel) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            kernel.getSimpleName());
    builder.environment().put("OCLGRIND_LOG", folder.resolve("log").toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as("%s", output).isZero();
    return output;
  }

  @Test
  void aRaceIsNoticed() throws IOException, InterruptedException {
    assertThat(noticed(Racing.class)).startsWith("oclgrind: \"Write-write data race at ");
  }

  @Test
  void anAccessOutsideOfAnArrayIsNoticed() throws IOException, InterruptedException {
    assertThat(noticed(Outside.class)).startsWith("oclgrind: \"Invalid write of size 4 at ");
  }

  @Test
  void aGoodKernelIsNot() throws IOException, InterruptedException {
    assertThat(noticed(Good.class)).isEqualTo("nothing");
  }
}
