package io.lossmith.app.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two programs from writing into one folder. The operating system holds the lock and lets go
 * of it however the program ends; the file {@code .lossmith.lock} is only what it is held on.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = ".lossmith.lock";

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder that is there, and removes what killed programs left in it.
   *
   * @param who whose business it is, for the error
   * @throws BadInput if another run has the folder, or it cannot be written to
   */
  public static FolderLock of(String who, Path folder) {
    Path file = folder.resolve(NAME);
    try {
      FolderLock lock = null;
      while (lock == null) {
        lock = attempt(who, folder, file);
      }
      AtomicFile.removeLeftovers(folder);
      return lock;
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be written to; " + Reasons.of(e) + ".", e);
    }
  }

  /** Returns the lock, or null where its holder removed the file just now. */
  private static @Nullable FolderLock attempt(String who, Path folder, Path file)
      throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Of another run, or of one that was killed.
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      Object before = key(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        throw new BadInput(
            who
                + ": another run is writing to "
                + folder
                + "; wait for its end, or give another --out.");
      }
      locked = Objects.equals(before, key(file)); // else it holds a file that nobody else sees
      return locked ? new FolderLock(file, channel) : null;
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (channel != null && !locked) {
        channel.close();
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very program holds it
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Releases the folder and removes the file. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file); // while the lock is held, so that no other run's file goes
    } catch (IOException e) {
      // The file may stay: it does not lock by being there.
    }
  }
}
