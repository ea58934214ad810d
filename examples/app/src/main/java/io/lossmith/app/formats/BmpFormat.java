package io.lossmith.app.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Windows bitmaps. */
final class BmpFormat implements Format {
  @Override
  public String name() {
    return "BMP";
  }

  @Override
  public List<String> endings() {
    return List.of("bmp");
  }

  @Override
  public boolean begins(byte[] head) {
    return FirstBytes.is(head, 'B', 'M');
  }

  @Override
  public PictureFile open(Path file) throws IOException {
    return new ImageIoFile(file, "bmp", false);
  }
}
