package io.lossmith.app.report;

/**
 * Where standard error goes, as the launcher saw it: Java cannot ask.
 *
 * @param isInteractive whether it is a terminal, which can redraw a line
 * @param columns how many characters fit in a line
 */
public record Terminal(boolean isInteractive, int columns) {
  /** Reads what the launcher found: {@code lossmith.columns} is set where there is a terminal. */
  public static Terminal ofLauncher() {
    Integer columns = Integer.getInteger("lossmith.columns");
    return columns == null ? new Terminal(false, 100) : new Terminal(true, Math.max(40, columns));
  }
}
