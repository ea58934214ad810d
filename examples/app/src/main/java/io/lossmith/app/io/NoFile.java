package io.lossmith.app.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Why a path does not lead to what it must lead to. */
public final class NoFile {
  private NoFile() {}

  /**
   * Returns the error.
   *
   * @param missing what to say where nothing is there
   * @param other what to say where something else is there
   */
  public static BadInput at(Path path, String missing, String other) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return new BadInput(path + ": " + other + ".");
    } catch (NoSuchFileException e) {
      return new BadInput(path + ": " + missing + ".", e);
    } catch (IOException e) { // a folder above it is closed, or its links go in a circle
      return new BadInput(path + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }
}
