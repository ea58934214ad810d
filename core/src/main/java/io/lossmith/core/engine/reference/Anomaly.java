package io.lossmith.core.engine.reference;

import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.SystemProperty;
import io.lossmith.core.graph.Graph;
import java.util.Objects;

/**
 * The anomaly mode, {@code -Dlossmith.anomaly=true}: a run whose outputs hold a NaN or an infinity
 * is repeated operation by operation, and an exception names the one that first made such a number,
 * with the user's line. Runs that go well cost one look at their outputs more.
 */
public final class Anomaly {
  private static final String PROPERTY = "lossmith.anomaly";

  private Anomaly() {}

  /**
   * Tells whether programs that are compiled from now on are watched.
   *
   * @throws IllegalArgumentException if the property is neither true nor false
   */
  public static boolean isWatching() {
    return SystemProperty.flag(PROPERTY, false);
  }

  /** Has programs that are compiled from now on watched. */
  public static void watch() {
    System.setProperty(PROPERTY, "true");
  }

  /** Returns the program, watched if that is asked for. */
  public static Program watched(Graph graph, Program program) {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(program, "program");
    return isWatching()
        ? new Program(program.engine(), graph, new WatchedProgram(graph, program))
        : program;
  }
}
