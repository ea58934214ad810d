package io.lossmith.opencl.device;

import com.aparapi.Config;
import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.natives.NativeLoader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads Aparapi's native library without a warning, which it prints to standard error for each
 * platform whose OpenCL is newer than 2.1, which by now is every one; no option turns that off, and
 * Java cannot redirect what native code prints. So a copy of the library is loaded whose warning is
 * empty, and Aparapi is told that its library is there. Where anything is not as expected, Aparapi
 * loads its own as ever, and the warning is seen.
 */
final class QuietLibrary {
  private static final String WARNING =
      "WARNING: Aparapi is running on an untested OpenCL platform version: %s\n";

  /** Says that the library comes from elsewhere; meant for an agent of the JVM. */
  private static final String ELSEWHERE = "com.aparapi.useAgent";

  private static final String FILE = "libaparapi.so";

  private QuietLibrary() {}

  /** Loads it, if that can be done, before Aparapi loads its own. */
  static void load() {
    try {
      String resource = resource();
      byte[] library = resource == null || !isOursToLoad() ? null : quiet(bytes(resource));
      if (library != null && claim()) {
        load(library);
      }
    } catch (IOException | LinkageError | ReflectiveOperationException | RuntimeException e) {
      System.getLogger(QuietLibrary.class.getName())
          .log(Level.DEBUG, "Aparapi's library is not loaded by us", e);
    }
  }

  private static void load(byte[] library) throws IOException, ReflectiveOperationException {
    Path folder = Files.createTempDirectory("lossmith");
    Path file = folder.resolve(FILE);
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    try {
      Files.write(file, library);
      System.load(file.toString());
    } catch (IOException | LinkageError | RuntimeException e) {
      // Aparapi believes by now that it is there.
      Field available = OpenCLLoader.class.getDeclaredField("openCLAvailable");
      available.setAccessible(true);
      available.setBoolean(null, false);
      throw e;
    }
  }

  /** Returns where the library for this machine lies in Aparapi's jar; null if it is not known. */
  private static @Nullable String resource() {
    if (!System.getProperty("os.name", "").startsWith("Linux")) {
      return null;
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64" -> "/linux/libaparapi_x86_64.so";
      case "aarch64" -> "/linux/libaparapi_aarch64.so";
      default -> null;
    };
  }

  /**
   * Aparapi's classes find native methods in libraries of their own class loader, and must find all
   * in one: two copies do not know of each other.
   */
  private static boolean isOursToLoad() {
    return QuietLibrary.class.getClassLoader() == Config.class.getClassLoader()
        && System.getProperty(ELSEWHERE) == null
        && !LoadedLibraries.contain(FILE);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = NativeLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is not there");
      }
      return in.readAllBytes();
    }
  }

  /** Empties the warning; returns null if the library has no such warning, or several. */
  static byte @Nullable [] quiet(byte[] library) {
    byte[] warning = WARNING.getBytes(StandardCharsets.US_ASCII);
    int at = find(warning, library, 0);
    if (at < 0 || find(warning, library, at + 1) >= 0) {
      return null;
    }
    byte[] quiet = library.clone();
    quiet[at] = 0;
    return quiet;
  }

  private static int find(byte[] text, byte[] in, int from) {
    for (int start = from; start + text.length <= in.length; start++) {
      int same = 0;
      while (same < text.length && in[start + same] == text[same]) {
        same++;
      }
      if (same == text.length) {
        return start;
      }
    }
    return -1;
  }

  /**
   * Tells Aparapi, which reads the property once, when its first class needs it; returns whether it
   * has been heard.
   */
  private static boolean claim() throws ClassNotFoundException {
    System.setProperty(ELSEWHERE, "true");
    try {
      Class.forName(Config.class.getName(), true, Config.class.getClassLoader());
    } finally {
      System.clearProperty(ELSEWHERE);
    }
    return Config.useAgent;
  }
}
