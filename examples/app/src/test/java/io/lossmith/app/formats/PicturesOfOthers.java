package io.lossmith.app.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Small files that other programs wrote; src/test/python/make_pictures.py makes them. */
public final class PicturesOfOthers {
  private PicturesOfOthers() {}

  /** Returns one of them. */
  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(PicturesOfOthers.class.getResource("/pictures/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> lines(String name) {
    try {
      return Files.readAllLines(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
