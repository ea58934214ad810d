package io.lossmith.core.engine.cpu.tile;

/**
 * How the tiles of a loop are shared out among threads.
 *
 * @param group how many tiles are a task
 * @param isBrief whether all takes less than waking a thread
 */
record Sharing(int group, boolean isBrief) {
  /**
   * Below this many elements times instructions, waking another thread costs more than it helps.
   */
  private static final long WORTH_WAKING = 200_000;

  /** Below this many, a thread that is awake is no help either. */
  private static final long WORTH_SHARING = 16_000;

  private static final int MOST_GROUPS = 64;

  /**
   * @param work elements times instructions of a run
   */
  static Sharing of(long work, int tiles) {
    int group = work < WORTH_SHARING ? tiles : Math.max(1, tiles / MOST_GROUPS);
    return new Sharing(group, work < WORTH_WAKING);
  }
}
