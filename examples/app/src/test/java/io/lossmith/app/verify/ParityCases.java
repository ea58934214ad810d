package io.lossmith.app.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The cases that the losses are tested by. */
final class ParityCases {
  private static final Path FOLDER = Path.of("../../losses/src/test/resources/cases");

  private ParityCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files.sorted().forEach(file -> CaseFile.read(file, cases::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }
}
