package io.lossmith.core.engine;

/** A graph as an engine runs it: the engine's half of a {@link Program}. */
public interface EngineProgram {
  /**
   * Makes what one run needs. It is kept for later runs, each of one thread; several may run at the
   * same time.
   */
  Call newCall();

  /** Returns in words what a run does; may be asked at any time. */
  String explain();

  /** Frees what is not memory. Called once, when no run is under way and none will be. */
  default void close() {}
}
