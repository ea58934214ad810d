package io.lossmith.app.formats;

import java.io.IOException;

/** A file whose one picture is turned as its orientation says. */
record Upright(PictureFile file, Orientation orientation) implements PictureFile {
  @Override
  public int pictures() throws IOException {
    return file.pictures();
  }

  @Override
  public PictureLayout layout(int picture) throws IOException {
    return orientation.of(file.layout(picture));
  }

  @Override
  public Stored read(int picture) throws IOException {
    return file.read(picture).upright(orientation);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
