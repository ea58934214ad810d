package io.lossmith.core.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What Oclgrind, a simulator of devices, says of accesses outside of arrays and of data races. It
 * empties its log for each context, which is each program of ours, and a file would only hold what
 * it said of the last. So its log is a pipe, and another process writes what comes out to a file:
 * while a kernel runs, a thread of this JVM may have to wait for it.
 */
public final class OclgrindLog {
  private static final String VARIABLE = "OCLGRIND_LOG";
  private static final String MARK = "-- looked at, time ";
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

  private static @Nullable OclgrindLog opened;

  private final Path file;

  /** Open as long as this JVM lives: the pipe is never without a writer until then. */
  private final RandomAccessFile pipe;

  private int looks;
  private int seen;

  private OclgrindLog(Path pipe) throws IOException {
    this.file = Path.of(pipe + ".txt");
    Files.deleteIfExists(pipe);
    await(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start());
    this.pipe = new RandomAccessFile(pipe.toFile(), "rw");
    new ProcessBuilder("cat", pipe.toString()).redirectOutput(file.toFile()).start();
  }

  private static void await(Process process) throws IOException {
    try {
      if (process.waitFor() != 0) {
        throw new IOException("mkfifo failed");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Fails if Oclgrind has said anything since the last time; does nothing on other drivers. */
  public static synchronized void requireEmpty() {
    String path = System.getenv(VARIABLE);
    if (path == null) {
      return;
    }
    try {
      if (opened == null) {
        opened = new OclgrindLog(Path.of(path));
      }
      List<String> lines = opened.takeLines();
      if (!lines.isEmpty()) {
        throw new AssertionError(
            "oclgrind: \"%s\", the first of %d lines in %s"
                .formatted(lines.get(0), lines.size(), opened.file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> takeLines() throws IOException {
    String mark = MARK + ++looks;
    pipe.write((mark + '\n').getBytes(StandardCharsets.UTF_8));
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      int end = lines.lastIndexOf(mark);
      if (end >= 0) {
        List<String> said = lines.subList(seen, end);
        seen = end + 1;
        return said.stream().filter(line -> !line.isBlank()).map(String::strip).toList();
      }
      LockSupport.parkNanos(PAUSE); // not a sleep, which an interrupted thread may not
    }
    throw new IOException("what is written to " + VARIABLE + " does not arrive in " + file);
  }
}
