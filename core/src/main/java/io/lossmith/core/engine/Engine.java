package io.lossmith.core.engine;

import io.lossmith.core.graph.Graph;
import java.util.List;
import java.util.Map;

/**
 * Something that runs graphs: the seam between those who build graphs and those who know hardware.
 * Engines are found by {@link java.util.ServiceLoader}; see {@link Engines}. Thread-safe.
 */
public interface Engine {
  /** The most threads that an engine takes: each is an object, and the system may refuse many. */
  int MOST_THREADS = 4096;

  /** Returns the name for options and the command line, for example {@code "cpu"}. */
  String name();

  /** Returns one line about what this engine runs on here. */
  String description();

  /** Returns how much it wants to be the default: the highest rank wins. */
  int rank();

  /**
   * Prepares a graph to be run many times.
   *
   * @throws EngineException if this engine cannot run it
   */
  Program compile(Graph graph);

  /**
   * Returns the details that {@link #withDetail} takes here, each with one line about what it
   * stands for; none where the engine takes none.
   */
  default Map<String, String> details() {
    return Map.of();
  }

  /**
   * Returns what keeps this engine from doing more here, or may harm it, and what to do about it:
   * one line each, none where there is nothing to say.
   */
  default List<String> remarks() {
    return List.of();
  }

  /**
   * Returns this engine as a detail behind a colon asks for it: {@code opencl:1} is the engine
   * {@code opencl} with the detail {@code 1}.
   *
   * @throws IllegalArgumentException if the engine takes none, or not this one
   * @throws EngineException if what the detail names is not there
   */
  default Engine withDetail(String detail) {
    throw new IllegalArgumentException(
        "engine: \""
            + name()
            + ":"
            + detail
            + "\" has a detail after the colon, "
            + name()
            + " takes none; use \""
            + name()
            + "\".");
  }

  /**
   * Returns this engine limited to so many threads; itself where threads mean nothing to it.
   *
   * @throws IllegalArgumentException if {@code threads} is not within 1..{@value #MOST_THREADS}
   */
  default Engine withThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          name() + ": threads is " + threads + ", must be in 1.." + MOST_THREADS);
    }
    return this;
  }
}
