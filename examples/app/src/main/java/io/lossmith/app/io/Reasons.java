package io.lossmith.app.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Puts into words why a file operation failed; the messages of the JDK are often only a path. */
public final class Reasons {
  /** Why links lead nowhere. */
  static final String CIRCLE = "its links go in a circle";

  private static final String MISSING = "there is no such file or folder";
  private static final String DENIED = "permission denied";

  private Reasons() {}

  /** Returns the reason, without the path and on one line. */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return MISSING;
    }
    if (failure instanceof AccessDeniedException) {
      return DENIED;
    }
    if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
      return "a file stands where a folder is needed";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    }
    if (failure instanceof EOFException) {
      return "the file ends too early";
    }
    if (failure.getCause() instanceof IOException cause) {
      return of(cause); // writers of pictures wrap what went wrong
    }
    String text =
        failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
    if (text == null) {
      return failure.getClass().getSimpleName();
    }
    if (text.contains("No such file or directory")) {
      return MISSING;
    }
    if (text.contains("Permission denied")) {
      return DENIED;
    }
    if (text.contains("Too many levels of symbolic links")) {
      return CIRCLE;
    }
    if (text.contains("Is a directory")) {
      return "it is a folder, must be a file";
    }
    if (text.contains("Not a directory")) {
      return "a file stands where a folder is needed";
    }
    if (text.contains("No space left") || text.contains("not enough space")) {
      return "the disk is full; make room and try again";
    }
    return text.replaceAll("\\s+", " ").strip();
  }
}
