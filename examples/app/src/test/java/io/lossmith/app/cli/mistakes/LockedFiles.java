package io.lossmith.app.cli.mistakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files and folders that nobody may read or write, and a command line that is refused them. */
final class LockedFiles implements AutoCloseable {
  private final Path folder;
  private final List<Path> locked = new ArrayList<>();
  private @Nullable Unprivileged commands;

  LockedFiles(Path folder) {
    this.folder = folder;
  }

  /** Makes them: a file, a closed folder, one that nobody may write to, and one of pictures. */
  void make(Path pictures, Path masks) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "these are words\n");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.writeString(closed.resolve("file"), "these are words\n");
    Path kept = Files.createDirectory(folder.resolve("kept"));
    copy(pictures, folder.resolve("pictures"));
    copy(masks, folder.resolve("masks"));
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      lock("---------", file);
      lock("---------", closed);
      lock("r-xr-xr-x", kept);
      lock("---------", folder.resolve("pictures/p2.png"));
      lock("---------", folder.resolve("masks/p2.png"));
      commands = Unprivileged.start(file);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private void lock(String permissions, Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    locked.add(path);
  }

  Path folder() {
    return folder;
  }

  /** Returns what is refused these files, null where nothing is. */
  @Nullable Commands commands() {
    return commands;
  }

  @Override
  public void close() throws IOException {
    if (commands != null) {
      commands.close();
    }
    for (Path path : locked) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
