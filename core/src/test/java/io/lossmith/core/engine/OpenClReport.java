package io.lossmith.core.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says in one line what the tests that need a device did on the {@link OpenClDriver} of this JVM,
 * or why they were skipped; in {@code target/opencl-matrix}, too.
 */
public final class OpenClReport implements TestExecutionListener {
  private static final Path FOLDER = Path.of("target", "opencl-matrix");

  private final Set<String> reasons = new TreeSet<>();
  private int passed;
  private int failed;
  private long nanos;
  private long start;

  @Override
  public void executionStarted(TestIdentifier test) {
    if (needsDevice(test) && isClass(test)) {
      start = System.nanoTime();
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (needsDevice(test)) {
      reasons.add(reason);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!needsDevice(test)) {
      return;
    }
    if (isClass(test)) {
      nanos += System.nanoTime() - start;
    }
    switch (result.getStatus()) {
      case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
      case FAILED -> failed++;
      case ABORTED -> result.getThrowable().ifPresent(e -> reasons.add(e.getMessage()));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    OpenClDriver driver = OpenClDriver.asked();
    if (driver == null || passed + failed + reasons.size() == 0) {
      return;
    }
    String line =
        "opencl-matrix: %s, %s: %s%s%n"
            .formatted(driver, Path.of("").toAbsolutePath().getFileName(), counts(), skips());
    System.out.print(line);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(driver + ".txt"), line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String counts() {
    return passed + failed == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%d passed, %d failed in %.0f s on %s",
            passed,
            failed,
            nanos / 1e9,
            Engines.byName("opencl").description());
  }

  private String skips() {
    String skips = reasons.isEmpty() ? "" : "skipped: " + String.join("; ", reasons);
    return passed + failed == 0 || skips.isEmpty() ? skips : "; " + skips;
  }

  private static boolean isClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent();
  }

  private static boolean needsDevice(TestIdentifier test) {
    return test.getSource()
        .map(OpenClReport::type)
        .filter(type -> type.isAnnotationPresent(NeedsDevice.class))
        .isPresent();
  }

  private static Class<?> type(TestSource source) {
    if (source instanceof MethodSource method) {
      return method.getJavaClass();
    }
    return source instanceof ClassSource type ? type.getJavaClass() : Object.class;
  }
}
