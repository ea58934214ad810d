package io.lossmith.spark;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A file that the driver writes to the folder of a training, so that executors can tell whether
 * they see the same folder.
 *
 * @param file where it is, absolute
 * @param text what is in it, which no other file has
 */
record SharedFile(String file, String text) implements Serializable {
  /** Network file systems show a new file late. */
  private static final long PATIENCE = 5_000_000_000L;

  private static final long AGAIN_MS = 200;

  /**
   * Writes one, in a folder that is made if need be.
   *
   * @throws BadInput if the folder cannot be written to
   */
  static SharedFile in(Path folder) {
    AtomicFile.requireWritableFolder(folder);
    String text = UUID.randomUUID().toString();
    Path file = folder.toAbsolutePath().resolve(".lossmith.shared-" + text);
    file.toFile().deleteOnExit();
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return new SharedFile(file.toString(), text);
  }

  /** Returns the folder that it is in. */
  Path folder() {
    return Path.of(file).getParent();
  }

  /** Returns whether it is there, and no other of its name. */
  boolean isSeen() {
    long began = System.nanoTime();
    while (!isThere()) {
      if (System.nanoTime() - began > PATIENCE) {
        return false;
      }
      try {
        Thread.sleep(AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private boolean isThere() {
    try {
      return Files.readString(Path.of(file)).equals(text);
    } catch (IOException e) {
      return false;
    }
  }

  void remove() {
    AtomicFile.delete(Path.of(file));
  }
}
