package io.lossmith.app;

import io.lossmith.app.io.Reasons;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The real standard output, which remembers that something could not be written: Java does not. */
final class StandardOutput extends OutputStream {
  private static final int LOST = 2;
  private static final String NOBODY_READS = "Broken pipe";

  private final OutputStream real = new FileOutputStream(FileDescriptor.out);
  private @Nullable IOException failure;

  private StandardOutput() {}

  /** Makes {@link System#out} write there. */
  static StandardOutput watched() {
    StandardOutput watched = new StandardOutput();
    System.setOut(new PrintStream(new BufferedOutputStream(watched)));
    return watched;
  }

  /** Returns the exit code: the given one, or 2 where what was printed is lost. */
  int code(int code) {
    System.out.flush();
    if (failure == null) {
      return code;
    }
    if (!NOBODY_READS.equals(failure.getMessage())) { // of "| head" one need not be told
      System.err.println(
          "lossmith: standard output cannot be written; " + Reasons.of(failure) + ".");
    }
    return LOST;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      real.write(bytes, from, count);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
