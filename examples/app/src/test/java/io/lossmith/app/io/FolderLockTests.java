package io.lossmith.app.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTests {
  private static final String NOBODY = "999999999"; // above what a process number can be

  @TempDir private Path folder;

  @Test
  void theSecondRunIsRefusedUntilTheFirstEnds() {
    try (FolderLock first = FolderLock.of("train", folder)) {
      assertThatThrownBy(() -> FolderLock.of("predict", folder))
          .isInstanceOf(BadInput.class)
          .hasMessage(
              "predict: another run is writing to "
                  + folder
                  + "; wait for its end, or give another --out.");
    }
    FolderLock.of("train", folder).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theFileOfAKilledRunLocksNothing() throws IOException {
    Files.createFile(folder.resolve(".lossmith.lock"));
    FolderLock.of("train", folder).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leftoversOfKilledRunsAreRemoved() throws IOException {
    String alive = ".b.png.part-" + ProcessHandle.current().pid();
    for (String name : new String[] {".a.npz.part-" + NOBODY, alive, "a.part-1", ".x.part-y"}) {
      Files.writeString(folder.resolve(name), "half");
    }
    FolderLock.of("train", folder).close();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(alive, "a.part-1", ".x.part-y");
  }

  @Test
  void aFolderThatIsNotThereIsSaidInOneLine() {
    assertThatThrownBy(() -> FolderLock.of("train", folder.resolve("no")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("cannot be written to; there is no such file or folder");
  }
}
