package io.lossmith.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * The real standard error, where the launcher keeps it from the JVM.
 *
 * <p>The launcher filters what the JVM writes to descriptor 2 (a notice about the incubating vector
 * module, which no option turns off) and hands over the real one as another descriptor, named by
 * {@code lossmith.stderr}. Writing there directly keeps the terminal a terminal.
 */
final class StandardError {
  private StandardError() {}

  /** Makes {@link System#err} write to the descriptor that the launcher names, if it names one. */
  static void restore() {
    Integer number = Integer.getInteger("lossmith.stderr");
    if (number == null) {
      return;
    }
    try {
      var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true); // the manifest of this jar opens java.io
      var stream = new FileOutputStream(constructor.newInstance(number));
      System.setErr(new PrintStream(stream, true, charset()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then it goes through the filter like everything else: a little later, but it arrives.
      System.Logger log = System.getLogger("io.lossmith.app");
      log.log(System.Logger.Level.DEBUG, "standard error stays filtered", e);
    }
  }

  private static Charset charset() {
    for (String key : new String[] {"stderr.encoding", "sun.stderr.encoding", "native.encoding"}) {
      String name = System.getProperty(key);
      if (name != null && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return Charset.defaultCharset();
  }
}
