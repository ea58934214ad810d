package io.lossmith.app.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  @Test
  void aLinkStaysAndWhatItLeadsToIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.createDirectory(folder.resolve("far"));
    Path link = Files.createSymbolicLink(folder.resolve("far/link"), Path.of("../file"));
    Path chain = Files.createSymbolicLink(folder.resolve("chain"), Path.of("far/link"));
    Path later = Files.createSymbolicLink(folder.resolve("later"), Path.of("far/none-yet"));
    AtomicFile.requireWritable(chain);
    AtomicFile.write(chain, out -> out.write("new".getBytes()));
    AtomicFile.write(later, out -> out.write("made".getBytes()));
    assertThat(file).hasContent("new").isRegularFile();
    assertThat(folder.resolve("far/none-yet")).hasContent("made");
    assertThat(List.of(link, chain, later)).allMatch(Files::isSymbolicLink);
    assertThat(folder.resolve("far").toFile().list()).containsExactlyInAnyOrder("link", "none-yet");
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> AtomicFile.requireWritable(link))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("its links go in a circle");
  }

  @Test
  void aLinkToAFolderIsAFolder() throws IOException {
    Files.createDirectory(folder.resolve("far"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("far"));
    AtomicFile.requireWritableFolder(link);
    assertThat(link).isSymbolicLink();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void devicesAndPipesAreWrittenThroughAndStayWhatTheyAre() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/full"));
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    AtomicFile.requireWritable(pipe);
    AtomicFile.write(pipe, out -> out.write("through".getBytes()));
    assertThat(new String(reader.getInputStream().readAllBytes())).isEqualTo("through");
    AtomicFile.write(Path.of("/dev/null"), out -> out.write(1));
    for (Path full : List.of(link, Path.of("/dev/full"))) {
      assertThatThrownBy(() -> AtomicFile.write(full, out -> out.write(1)))
          .isInstanceOf(BadInput.class)
          .hasMessage(full + ": cannot be written; the disk is full; make room and try again.");
    }
    assertThat(link).isSymbolicLink();
    assertThat(List.of(pipe, Path.of("/dev/full"), Path.of("/dev/null")))
        .noneMatch(Files::isRegularFile);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("pipe", "link");
  }

  @Test
  void whatIsReadIsNotWrittenOver() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Path other = folder.resolve("other");
    for (Path spelled :
        List.of(file, link, folder.resolve("../" + folder.getFileName() + "/file"))) {
      assertThatThrownBy(() -> AtomicFile.requireWritable(spelled, null, other, file))
          .isInstanceOf(BadInput.class)
          .hasMessage(spelled + ": is " + file + ", which is read here; must be another file.");
    }
    AtomicFile.requireWritable(other, file, null);
  }
}
