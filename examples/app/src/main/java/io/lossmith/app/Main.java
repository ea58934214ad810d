package io.lossmith.app;

import io.lossmith.app.cli.Lossmith;

/** Starts the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the program with its exit code. */
  public static void main(String[] args) {
    StandardError.restore();
    System.setProperty("java.awt.headless", "true"); // pictures are only written to files
    StandardOutput output = StandardOutput.watched();
    System.exit(output.code(Lossmith.run(args)));
  }
}
