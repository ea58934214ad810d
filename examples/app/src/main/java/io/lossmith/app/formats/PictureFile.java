package io.lossmith.app.formats;

import java.io.Closeable;
import java.io.IOException;

/** An open file of one or more pictures. */
public interface PictureFile extends Closeable {
  /** Returns how many pictures there are. */
  int pictures() throws IOException;

  /** Says how one is stored. */
  PictureLayout layout(int picture) throws IOException;

  /** Reads one. */
  Stored read(int picture) throws IOException;
}
