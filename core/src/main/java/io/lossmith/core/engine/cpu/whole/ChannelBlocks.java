package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.WindowLoops;

/**
 * Output channels in blocks of 8, 4 or 1 rows, so that few channels waste little: what 8 leave over
 * takes 8 rows from 5 on, 4 rows from 2 on.
 */
final class ChannelBlocks {
  private final int channels;

  ChannelBlocks(int channels) {
    this.channels = channels;
  }

  int channels() {
    return channels;
  }

  int count() {
    return (channels + WindowLoops.ROWS - 1) / WindowLoops.ROWS;
  }

  /** Returns the first channel of a block. */
  int first(int block) {
    return block * WindowLoops.ROWS;
  }

  /** Returns how many channels of a block there are; the rows behind them are of no use. */
  int used(int block) {
    return Math.min(WindowLoops.ROWS, channels - first(block));
  }

  /** Returns how many rows a block is computed with. */
  int rows(int block) {
    return WindowLoops.rows(used(block));
  }
}
