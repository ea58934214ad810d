package io.lossmith.app.data;

import io.lossmith.app.formats.Formats;
import io.lossmith.app.formats.PictureLayout;
import io.lossmith.app.formats.Stored;
import io.lossmith.app.io.BadInput;
import java.nio.file.Path;

/**
 * Where a picture is.
 *
 * @param file that it is in
 * @param page its number there, from 0; {@link #ONLY} where it must be the only one
 */
public record Source(Path file, int page) {
  /** The page of a file that holds one picture. */
  public static final int ONLY = -1;

  /** Names the one picture of a file. */
  public static Source of(Path file) {
    return new Source(file, ONLY);
  }

  /**
   * Reads it.
   *
   * @throws BadInput if it cannot be read, or is not the only one where it must be
   */
  Stored read() {
    return Formats.ask(
        file,
        open -> {
          requireOnly(open.pictures());
          return open.read(Math.max(0, page));
        });
  }

  /** Says how it is stored, without reading it. */
  PictureLayout layout() {
    return Formats.ask(file, open -> open.layout(Math.max(0, page)));
  }

  private void requireOnly(int pictures) {
    if (page == ONLY && pictures != 1) {
      throw new BadInput(
          file
              + ": holds "
              + pictures
              + " pictures or channels, must be 1; give --stack to take each as a picture of its"
              + " own, or save one as a file.");
    }
  }

  @Override
  public String toString() {
    return page == ONLY ? file.toString() : file + ", picture " + (page + 1);
  }
}
