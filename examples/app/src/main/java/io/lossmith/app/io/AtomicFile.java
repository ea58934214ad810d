package io.lossmith.app.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes files that are whole or not there: the bytes go to a file beside the target, which then
 * takes the target's name in one step. Links stay, and what they lead to is written; what is no
 * plain file, such as a device or a pipe, is written through.
 */
public final class AtomicFile {
  /** Held while a file is being written, and for good once the program is told to end. */
  private static final ReentrantLock WRITING = new ReentrantLock();

  private static final Pattern BESIDE = Pattern.compile("\\..+\\.part-(\\d{1,18})");

  private AtomicFile() {}

  /** Fills a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all bytes; closing the stream is the caller's business. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code file}, replacing what was there.
   *
   * @throws BadInput if that fails; then the old file, if any, is as it was
   */
  public static void write(Path file, Content content) {
    if (file.getFileName() == null) {
      throw isFolder(file);
    }
    WRITING.lock();
    try {
      Destination destination = Destination.of(file);
      if (destination.isThrough()) {
        destination.write(content);
      } else {
        replace(destination.path(), content);
      }
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be written; " + Reasons.of(e) + ".", e);
    } finally {
      WRITING.unlock();
    }
  }

  /** Whoever may write to a folder may replace what is locked in it; it was locked against that. */
  private static void requireUnlocked(Path file) throws IOException {
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
  }

  private static void replace(Path file, Content content) throws IOException {
    requireUnlocked(file);
    Path beside =
        file.resolveSibling("." + file.getFileName() + ".part-" + ProcessHandle.current().pid());
    try {
      try (FileOutputStream bytes = new FileOutputStream(beside.toFile());
          OutputStream out = new BufferedOutputStream(bytes)) {
        content.writeTo(out);
        out.flush();
        bytes.getFD().sync(); // else a power loss after the renaming may leave an empty file
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(file.toAbsolutePath().getParent());
    } finally {
      discard(beside);
    }
  }

  /** The new name must reach the disk too; where folders cannot be synced, it does so by itself. */
  private static void syncFolder(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is there under its name, which is all that can be done here.
    }
  }

  /** Removes what killed programs left beside their targets in a folder. */
  public static void removeLeftovers(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(AtomicFile::isLeftover).forEach(AtomicFile::discard);
    } catch (IOException | UncheckedIOException e) {
      // They are in nobody's way; whoever writes here next hears what is wrong with the folder.
    }
  }

  private static boolean isLeftover(Path file) {
    Matcher name = BESIDE.matcher(file.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /** Makes the folder and its parents, and proves that files can be written there. */
  public static void requireWritableFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) { // the JDK takes a link to a folder for something else
        Files.createDirectories(folder);
      }
      Files.deleteIfExists(Files.createTempFile(folder, ".lossmith", ".probe"));
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be written to; " + Reasons.of(e) + ".", e);
    }
  }

  /** Returns the file of a name, such as {@code sub/name}, whose folders within one are made. */
  public static Path within(Path folder, String name) {
    Path file = folder.resolve(name);
    if (name.indexOf('/') >= 0) {
      requireWritableFolder(file.getParent());
    }
    return file;
  }

  /**
   * Proves that {@code file} can be written, before the work that fills it starts, and that it is
   * none of those that are read.
   *
   * @param read files that the same command reads; null is none
   */
  public static void requireWritable(Path file, @Nullable Path... read) {
    if (Files.isDirectory(file)) {
      throw isFolder(file);
    }
    requireOther(file, read);
    try {
      Destination destination = Destination.of(file);
      requireUnlocked(destination.path());
      if (!destination.isThrough()) {
        requireFolderOf(file, destination.path());
      }
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be written; " + Reasons.of(e) + ".", e);
    }
  }

  /** Proves that {@code file} is none of those that are read, however it is spelled. */
  public static void requireOther(Path file, @Nullable Path... read) {
    try {
      for (Path input : read) {
        boolean known = input != null && Files.isRegularFile(file) && Files.exists(input);
        if (known && Files.isSameFile(file, input)) {
          throw new BadInput(
              file + ": is " + input + ", which is read here; must be another file.");
        }
      }
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be written; " + Reasons.of(e) + ".", e);
    }
  }

  private static void requireFolderOf(Path file, Path destination) {
    Path folder = destination.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new BadInput(file + ": cannot be written; there is no folder " + folder + ".");
    }
    requireWritableFolder(folder);
  }

  private static BadInput isFolder(Path file) {
    return new BadInput(file + ": is a folder, must be a file.");
  }

  /** Waits for a file that is being written and lets no further one start: the program ends. */
  public static void finish() {
    try {
      if (!WRITING.tryLock(5, TimeUnit.SECONDS)) {
        return; // a stuck disk must not keep the program from ending
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Removes a file, if it is there.
   *
   * @throws BadInput if that fails
   */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be removed; " + Reasons.of(e) + ".", e);
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The reason for the failure itself is on its way to the user.
    }
  }
}
