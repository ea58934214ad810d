package io.lossmith.app.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTests {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingStaysBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    AtomicFile.write(file, out -> out.write("new".getBytes()));
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void theOldFileStaysWhenWritingFails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("half".getBytes());
                      throw new IOException("the disk is full");
                    }))
        .isInstanceOf(BadInput.class)
        .hasMessage(file + ": cannot be written; the disk is full.");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void theOldFileIsThereUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    AtomicFile.write(
        file,
        out -> {
          out.write("new".getBytes());
          out.flush();
          assertThat(file).hasContent("old");
        });
    assertThat(file).hasContent("new");
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> AtomicFile.requireWritableFolder(file.resolve("out")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("cannot be written to");
    assertThatThrownBy(() -> AtomicFile.requireWritable(folder))
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> AtomicFile.requireWritable(folder.resolve("no/file")))
        .hasMessageContaining("there is no folder");
  }

  @Test
  void provingThatAFolderCanBeWrittenToLeavesNothing() {
    AtomicFile.requireWritableFolder(folder.resolve("deep/er"));
    assertThat(folder.resolve("deep/er")).isEmptyDirectory();
  }
}
