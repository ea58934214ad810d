package io.lossmith.opencl.device;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.natives.NativeLoader;
import io.lossmith.core.engine.EngineException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a driver's compiler says of a kernel that it refuses. Aparapi asks for it, but only prints
 * it to the standard error of the process, where Java cannot read it. So the kernel is built once
 * more, in a JVM of its own ({@link BuildAgain}), whose standard error can be read.
 */
public final class BuildLog {
  /** How Aparapi tells that the compiler refused a kernel, and nothing else failed. */
  private static final String REFUSED = "OpenCL compile failed";

  /** What Aparapi prints before and after the log. */
  private static final String FENCE = "*".repeat(48);

  /** What Aparapi prints where there was no log, but no program either. */
  private static final String NO_QUEUE = "queue creation seems to have failed";

  private static final long PATIENCE = 30; // seconds

  private static final int LONGEST = 300;

  private static final String UNREAD = "what the driver says is on standard error";

  private BuildLog() {}

  /** Returns in words what the driver says. */
  public static String tell(Device device, Driver.BuildFailure failure) {
    boolean isRefused = String.valueOf(failure.getMessage()).contains(REFUSED);
    String source = isRefused ? failure.source() : null;
    Built built = source == null ? null : build(device, source);
    if (built == null) {
      return UNREAD;
    }
    String line = firstLine(built.printed());
    if (line != null) {
      return "its compiler says: " + line;
    }
    return !built.isDone() || built.printed().contains(NO_QUEUE)
        ? UNREAD
        : "its compiler takes it in a process of its own"
            + (SignalHandlers.areAtRisk() ? ", so start Java with " + SignalHandlers.remedy() : "");
  }

  /**
   * What building again came to.
   *
   * @param printed by the driver and Aparapi
   * @param isDone whether the driver came to an end
   */
  private record Built(String printed, boolean isDone) {}

  /** Returns the first line of a log that tells of an error; null where there is no log. */
  static @Nullable String firstLine(String printed) {
    int begin = printed.indexOf(FENCE);
    int end = printed.indexOf(FENCE, begin + 1);
    if (begin < 0 || end < 0) {
      return null;
    }
    List<String> lines =
        printed
            .substring(begin + FENCE.length(), end)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("error"))
        .findFirst()
        .or(() -> lines.stream().findFirst())
        .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
        .orElse(null);
  }

  /** Builds a source in a JVM of its own; returns null if that cannot be done. */
  private static @Nullable Built build(Device device, String source) {
    Path in = null;
    Path out = null;
    try {
      in = Files.createTempFile("lossmith", ".cl");
      out = Files.createTempFile("lossmith", ".log");
      Files.writeString(in, source);
      Process process =
          new ProcessBuilder(command(device))
              .redirectInput(in.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        return null;
      }
      String printed = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
      return new Built(printed, process.exitValue() == 0);
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return null; // the failure itself is what must be told
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      delete(in);
      delete(out);
    }
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      file.toFile().delete();
    }
  }

  private static List<String> command(Device device) throws URISyntaxException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        path(BuildAgain.class, EngineException.class, OpenCLDevice.class, NativeLoader.class),
        BuildAgain.class.getName(),
        Integer.toString(device.index()));
  }

  /** Returns where classes come from: frameworks do not tell it in the JVM's own class path. */
  private static String path(Class<?>... types) throws URISyntaxException {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type : types) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source == null || source.getLocation() == null) {
        throw new IllegalStateException("nobody knows where " + type + " comes from");
      }
      places.add(Path.of(source.getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }
}
