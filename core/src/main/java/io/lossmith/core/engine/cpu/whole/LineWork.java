package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;

/** What works on the lines of an operation, one line at a time, with scratch memory of its own. */
interface LineWork {
  /** Works on a line. */
  void run(int line, ParallelFor team);
}
