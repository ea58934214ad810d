package io.lossmith.app.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** GIF: pictures of palette entries. */
final class GifFormat implements Format {
  @Override
  public String name() {
    return "GIF";
  }

  @Override
  public List<String> endings() {
    return List.of("gif");
  }

  @Override
  public boolean begins(byte[] head) {
    return FirstBytes.is(head, 'G', 'I', 'F', '8');
  }

  @Override
  public PictureFile open(Path file) throws IOException {
    return new ImageIoFile(file, "gif", false);
  }
}
