package io.lossmith.app.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A format of picture files. */
interface Format {
  /** Returns what people call it. */
  String name();

  /** Returns the endings of its files, in small letters. */
  List<String> endings();

  /** Returns whether saving always changes what is saved. */
  default boolean isLossy() {
    return false;
  }

  /** Tells by its first bytes whether a file has this format, whatever its ending. */
  boolean begins(byte[] head);

  /** Opens a file of this format. */
  PictureFile open(Path file) throws IOException;
}
