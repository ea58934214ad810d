package io.lossmith.app.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * TIFF and BigTIFF: numbers of all kinds, plain or packed without loss, in strips or tiles; JPEG
 * and fax codes are decoded by the JDK.
 */
final class TiffFormat implements Format {
  @Override
  public String name() {
    return "TIFF";
  }

  @Override
  public List<String> endings() {
    return List.of("tif", "tiff");
  }

  @Override
  public boolean begins(byte[] head) {
    return FirstBytes.is(head, 'I', 'I', 42, 0)
        || FirstBytes.is(head, 'M', 'M', 0, 42)
        || FirstBytes.is(head, 'I', 'I', 43, 0)
        || FirstBytes.is(head, 'M', 'M', 0, 43);
  }

  @Override
  public PictureFile open(Path file) throws IOException {
    return new TiffFile(file);
  }
}
