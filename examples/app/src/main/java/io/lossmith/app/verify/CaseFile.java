package io.lossmith.app.verify;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file with one case in each line; empty lines are passed, and a byte order mark. */
final class CaseFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF"; // PowerShell and Excel write one

  private CaseFile() {}

  /**
   * Hands over all cases, one after another.
   *
   * @throws BadInput if the file cannot be read, a line is no case, or there is none
   */
  static void read(Path file, Consumer<Case> each) {
    int cases = 0;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String line;
      for (int number = 1; (line = in.readLine()) != null; number++) {
        if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
          line = line.substring(1);
        }
        if (!line.isBlank()) {
          each.accept(CaseReader.read(file + " line " + number, line));
          cases++;
        }
      }
    } catch (CharacterCodingException e) {
      throw new BadInput(file + ": is no text in UTF-8, must be; save it so.", e);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
    if (cases == 0) {
      throw new BadInput(file + ": holds no case, must hold one in each line.");
    }
  }
}
