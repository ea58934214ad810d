package io.lossmith.opencl.device;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Detects drivers that replace the JVM's signal handlers. HotSpot has the processor tell it by
 * SIGSEGV where a reference is null; drivers with LLVM in them take SIGSEGV for a crash of their
 * compiler. Where such a driver has set its handler over the JVM's, a null check on any thread
 * deletes the files that it compiles, or ends the process. The JVM's own library libjsig, loaded
 * before all others, keeps handlers in their order.
 */
public final class SignalHandlers {
  static final String THREAD = "lossmith-opencl-signals";

  private static final AtomicBoolean WATCHED = new AtomicBoolean();

  /** The handler of SIGSEGV as {@code VM.info} lists it, where it is not the JVM's any more. */
  private static final Pattern REPLACED =
      Pattern.compile(
          "SIGSEGV: [^\\n]*?(?:\\bin ([^\\s,+]+)[^\\n]*)?\\n[^\\n]*[Hh]andler was modified");

  /** Platforms that were seen to replace handlers, for runtimes that do not show theirs. */
  private static final Set<String> KNOWN = Set.of("Intel(R) OpenCL", "Portable Computing Language");

  private SignalHandlers() {}

  /** Returns whether drivers could replace handlers of the JVM at all: on Windows they do not. */
  public static boolean matter() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }

  /** Returns whether libjsig keeps the JVM's handlers first. */
  static boolean areChained() {
    return LoadedLibraries.contain("libjsig.so");
  }

  /** Returns whether a driver could replace handlers of the JVM. */
  static boolean areAtRisk() {
    return matter() && !areChained();
  }

  /** Returns what must be said to the shell to have libjsig loaded. */
  static String remedy() {
    Path home = Path.of(System.getProperty("java.home", ""));
    Path jsig = home.resolve("lib/libjsig.so");
    Path older = home.resolve("lib/server/libjsig.so");
    return "LD_PRELOAD=" + (Files.exists(jsig) || !Files.exists(older) ? jsig : older);
  }

  /** Returns in one line whether drivers could take the JVM's handlers here. */
  public static String remark() {
    return areChained()
        ? "libjsig is loaded: drivers leave the JVM its signal handlers"
        : "libjsig is not loaded: drivers may replace the JVM's signal handlers; start Java with "
            + remedy();
  }

  /**
   * Looks before and after the first build of this process, on a thread of its own, because asking
   * takes a quarter of a second, and warns if the JVM's handler is not in place.
   */
  static void watch(Device device, Future<?> build) {
    if (!WATCHED.compareAndSet(false, true) || !areAtRisk()) {
      return;
    }
    Thread thread = new Thread(null, () -> warn(device, build), THREAD, 0, false);
    thread.setContextClassLoader(SignalHandlers.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
  }

  private static void warn(Device device, Future<?> build) {
    String platform = String.valueOf(device.handle().getOpenCLPlatform().getName()).strip();
    String before = replacement(information(), platform);
    try {
      build.get();
    } catch (InterruptedException | ExecutionException e) {
      // A build that failed may have left its handlers, too.
    }
    String by = before == null ? replacement(information(), platform) : before;
    if (by != null) {
      System.getLogger(SignalHandlers.class.getName())
          .log(
              Level.WARNING,
              "opencl: the JVM's handler of SIGSEGV is replaced by "
                  + by
                  + ", must come first, or builds may fail and the JVM may crash; start Java with "
                  + remedy());
    }
  }

  /** Returns whose handler took the place of the JVM's; null if none did. */
  static @Nullable String replacement(@Nullable String information, String platform) {
    if (information == null) {
      return KNOWN.contains(platform) ? "that of " + platform : null;
    }
    Matcher replaced = REPLACED.matcher(information);
    if (!replaced.find()) {
      return null;
    }
    return replaced.group(1) == null ? "another" : "that of " + replaced.group(1);
  }

  /** Returns what the JVM tells of itself, handlers included; null where it does not. */
  private static @Nullable String information() {
    try {
      return Diagnosis.ask();
    } catch (LinkageError e) {
      return null; // a runtime without the module java.management
    }
  }

  /** Apart, so that a runtime that lacks what this needs can load the rest. */
  private static final class Diagnosis {
    static @Nullable String ask() {
      try {
        ObjectName command = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return String.valueOf(
            ManagementFactory.getPlatformMBeanServer().invoke(command, "vmInfo", null, null));
      } catch (JMException | RuntimeException e) {
        return null; // a runtime without the module jdk.management, or no HotSpot
      }
    }
  }
}
