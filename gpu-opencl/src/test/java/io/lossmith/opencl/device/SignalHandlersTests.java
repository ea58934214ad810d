package io.lossmith.opencl.device;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.opencl.OpenClEngine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Drivers with a compiler in them set signal handlers, which the JVM needs for itself. */
@EnabledOnOs(OS.LINUX)
@NeedsDevice
class SignalHandlersTests {
  private static final String WARNING = "the JVM's handler of SIGSEGV is replaced by ";

  private static final Map<String, String> UNCHAINED = Map.of("LD_PRELOAD", "");

  /** Builds two kernels and waits for what the engine has to say. */
  static final class Building {
    public static void main(String[] args) throws InterruptedException {
      build(5);
      build(6);
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals(SignalHandlers.THREAD)) {
          thread.join();
        }
      }
      System.out.println("chained: " + SignalHandlers.areChained());
    }

    static void build(int count) {
      Graph graph =
          Graph.of(List.of(Shape.of(count)), List.of(exp(input(0, count)), total(input(0, count))));
      float[][] got = {new float[count], {1}};
      try (Program program = new OpenClEngine().compile(graph)) {
        program.run(new float[][] {new float[count]}, got);
      }
      System.out.println(got[0][count - 1] + ", " + got[1][0]);
    }
  }

  /** The same while other threads run into null, which compiled code notices by a signal. */
  static final class BuildingAmongNulls {
    static volatile @Nullable BuildingAmongNulls none;
    static volatile boolean isDone;
    int number;

    public static void main(String[] args) throws InterruptedException {
      Thread[] threads = new Thread[3];
      for (int i = 0; i < threads.length; i++) {
        threads[i] = new Thread(BuildingAmongNulls::runIntoNull);
        threads[i].setDaemon(true);
        threads[i].start();
      }
      Building.main(args);
      isDone = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }

    @SuppressWarnings("NullAway")
    private static void runIntoNull() {
      long sum = 0;
      while (!isDone) {
        try {
          sum += none.number;
        } catch (NullPointerException e) {
          sum++;
        }
      }
      System.out.println("ran into null: " + (sum > 100));
    }
  }

  @Test
  void whoeverHasReplacedTheHandlerIsNamedOnce() {
    ChildJvm child = ChildJvm.run(Building.class, UNCHAINED);
    assertThat(child.code()).as(child.err()).isZero();
    assertThat(child.out()).contains("1.0, 0.0", "chained: false");
    // Not every driver does.
    List<String> warnings = child.err().lines().filter(line -> line.contains(WARNING)).toList();
    if (isPortableComputingLanguage()) {
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0))
          .containsPattern("replaced by that of lib(pocl|LLVM)\\S*, must come first")
          .endsWith("; start Java with " + SignalHandlers.remedy());
    } else {
      assertThat(warnings).hasSizeLessThan(2);
    }
  }

  private static boolean isPortableComputingLanguage() {
    return Devices.here().all().stream()
        .anyMatch(device -> device.driver().startsWith("Portable Computing Language"));
  }

  @Test
  void aRuntimeThatDoesNotTellIsWarnedOfDriversThatAreKnown() {
    ChildJvm child =
        ChildJvm.run(Building.class, UNCHAINED, "--limit-modules", "java.logging,jdk.unsupported");
    assertThat(child.code()).as(child.err()).isZero();
    String name = Devices.here().preferred().handle().getOpenCLPlatform().getName();
    if (isPortableComputingLanguage()) {
      assertThat(child.err()).containsOnlyOnce(WARNING + "that of " + name);
    }
  }

  @Test
  void nullsKeepNoDriverFromBuildingWhereHandlersAreChained() {
    ChildJvm child = ChildJvm.run(BuildingAmongNulls.class, chained(), "-XX:TieredStopAtLevel=1");
    assertThat(child.code()).as(child.err()).isZero();
    assertThat(child.err()).doesNotContain(WARNING);
    assertThat(child.out()).contains("1.0, 0.0", "chained: true", "ran into null: true");
  }

  /** The environment that the remedy asks for. */
  private static Map<String, String> chained() {
    String[] remedy = SignalHandlers.remedy().split("=", 2);
    return Map.of(remedy[0], remedy[1]);
  }

  @Test
  void theHandlerIsReadFromWhatTheJvmTells() {
    assertThat(SignalHandlers.replacement(handler("javaSignalHandler in libjvm.so", false), ""))
        .isNull();
    assertThat(SignalHandlers.replacement(handler("SignalHandler in libintelocl.so", true), ""))
        .isEqualTo("that of libintelocl.so");
    String address = "0x00007f54b9d5c570 in libLLVM-15.so.1+16106864";
    assertThat(SignalHandlers.replacement(handler(address, true), ""))
        .isEqualTo("that of libLLVM-15.so.1");
    assertThat(SignalHandlers.replacement(handler("SIG_DFL", true), "")).isEqualTo("another");
  }

  /** As Java 17 and 25 print them. */
  private static String handler(String what, boolean modified) {
    String rest =
        ", mask=00000000000000000000000000000000, flags=SA_RESTART|SA_SIGINFO, unblocked\n";
    return "Signal Handlers:\n   SIGSEGV: "
        + what
        + rest
        + (modified ? "  *** Handler was modified!\n  *** Expected: javaSignalHandler" + rest : "")
        + "    SIGBUS: SignalHandler in libother.so"
        + rest
        + "  *** Handler was modified!\n";
  }

  @Test
  void whatTheJvmDoesNotTellIsNoError() {
    assertThat(SignalHandlers.replacement("no handlers here", "Intel(R) OpenCL")).isNull();
    assertThat(SignalHandlers.replacement(null, "Intel(R) OpenCL"))
        .isEqualTo("that of Intel(R) OpenCL");
    assertThat(SignalHandlers.replacement(null, "rusticl")).isNull();
  }
}
