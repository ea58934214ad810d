package io.lossmith.core.engine.cpu.tile;

/** When passes run as loops of their own, which keep all values in registers. */
public enum InRegisters {
  NEVER,

  /** Where a pass has run for long, once such a loop has been seen to be faster. */
  WHERE_FASTER,

  /** After a trial in the first runs, whatever it shows: for tests. */
  ONCE_TRIED,

  /** From the first run on, however slow that is before the JVM has compiled them: for tests. */
  AT_ONCE
}
