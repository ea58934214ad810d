package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps pictures that are read from being replaced by those that are written. */
final class OtherFolder {
  private OtherFolder() {}

  /**
   * Proves that {@code out} is not the folder of pictures, however it is spelled.
   *
   * @param pictures a folder, a picture in it, or null for none
   * @throws BadInput if it is
   */
  static void require(String who, Path out, String option, @Nullable Path pictures) {
    if (pictures == null) {
      return;
    }
    try {
      Path folder = Files.isDirectory(pictures) ? pictures : pictures.toAbsolutePath().getParent();
      boolean known = folder != null && Files.exists(out) && Files.exists(folder);
      if (known && Files.isSameFile(folder, out)) {
        throw new BadInput(
            who
                + ": --out is the folder of "
                + option
                + ", "
                + pictures
                + ", must be another one: what is written would stand among what is read.");
      }
    } catch (IOException e) {
      throw new BadInput(out + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }
}
