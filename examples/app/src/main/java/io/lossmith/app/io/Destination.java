package io.lossmith.app.io;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a path leads, links followed: to a plain file, there or not yet, which may be replaced; or
 * to a device, a pipe or an open file of this process, which is only written through.
 */
final class Destination {
  private static final int MOST_LINKS = 40;
  private static final Path PROCESSES = Path.of("/proc");

  private final Path path;
  private final boolean through;

  private Destination(Path path, boolean through) {
    this.path = path;
    this.through = through;
  }

  /** Follows the links of a path, also where the last one leads to nothing yet. */
  static Destination of(Path file) throws IOException {
    Path at = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(at); links++) {
      if (links == MOST_LINKS) {
        throw new IOException(Reasons.CIRCLE);
      }
      Path folder = at.toAbsolutePath().getParent().toRealPath();
      if (folder.startsWith(PROCESSES)) { // a new file there would not be the one that is open
        return new Destination(folder.resolve(at.getFileName()), true);
      }
      at = folder.resolve(Files.readSymbolicLink(at));
    }
    return new Destination(
        at, Files.exists(at) && !Files.isRegularFile(at) && !Files.isDirectory(at));
  }

  /** Returns the file that the links lead to. */
  Path path() {
    return path;
  }

  /** Returns whether it is no plain file, and is written through. */
  boolean isThrough() {
    return through;
  }

  /** Writes through, right away; what is there stays what it is. */
  void write(AtomicFile.Content content) throws IOException {
    OutputStream bytes = isStandardOutput() ? standardOutput() : opened();
    try (OutputStream out = new BufferedOutputStream(bytes)) {
      content.writeTo(out);
    }
  }

  /** Opening it anew where it is a file would begin at its start, over what is printed. */
  private boolean isStandardOutput() {
    return path.equals(
        PROCESSES.resolve(String.valueOf(ProcessHandle.current().pid())).resolve("fd/1"));
  }

  private static OutputStream standardOutput() {
    System.out.flush();
    return new FileOutputStream(FileDescriptor.out) {
      @Override
      public void close() {
        // The command prints there, too.
      }
    };
  }

  private OutputStream opened() throws IOException {
    return Files.newOutputStream(path, StandardOpenOption.WRITE);
  }
}
