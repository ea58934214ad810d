package io.lossmith.spark;

import io.lossmith.core.engine.EngineException;
import org.apache.spark.BarrierTaskContext;

/**
 * How a worker ended. All say so to each other: whose exchange broke off knows neither whether the
 * other is gone or gave up, nor why.
 *
 * @param kind how
 * @param why what was wrong
 */
record Ending(Kind kind, String why) {
  /** How a worker can end. */
  enum Kind {
    GOOD,
    /** There is something to be put right by the user. */
    MISTAKE,
    /** Another worker did not answer. */
    LOST
  }

  /** How messages begin that tell of the exchange between workers. */
  private static final String EXCHANGE = "collective:";

  static Ending good() {
    return new Ending(Kind.GOOD, "");
  }

  static Ending mistake(int rank, String why) {
    return new Ending(Kind.MISTAKE, "worker " + rank + ": " + why);
  }

  /** Judges what an engine threw. */
  static Ending of(int rank, EngineException e) {
    String why = String.valueOf(e.getMessage());
    return why.startsWith(EXCHANGE)
        ? new Ending(Kind.LOST, "worker " + rank + ": " + why)
        : mistake(rank, why);
  }

  /**
   * Waits for the end of all workers; Spark ends this where one does not come to its end.
   *
   * @return the mistake of the first that made one, or nothing
   * @throws EngineException if some lost others and nobody made a mistake
   */
  String together(BarrierTaskContext context) {
    Thread.interrupted(); // what was to be ended has ended; Spark asks its own mark
    String lost = "";
    for (String message : context.allGather(kind + " " + why)) {
      int blank = message.indexOf(' ');
      String other = message.substring(blank + 1);
      switch (Kind.valueOf(message.substring(0, blank))) {
        case MISTAKE -> {
          return other;
        }
        case LOST -> lost = lost.isEmpty() ? other : lost;
        case GOOD -> {}
      }
    }
    if (!lost.isEmpty()) {
      throw new EngineException(lost);
    }
    return "";
  }
}
