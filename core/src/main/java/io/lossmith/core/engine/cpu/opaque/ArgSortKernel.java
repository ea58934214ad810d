package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.engine.cpu.Team;
import io.lossmith.core.op.Slices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorts line by line: long lines one after the other with the whole team on each, others shared out
 * among the team, short ones as plain numbers.
 */
final class ArgSortKernel extends BoundKernel {
  private static final int LONG = 1 << 15;

  /** Up to here the library's sort of numbers is faster; longer ones it may take memory for. */
  private static final int SHORT = 2048;

  /** Elements that are worth a task. */
  private static final int STRETCH = 1 << 14;

  private static final Team ALONE =
      new Team() {
        @Override
        public int size() {
          return 1;
        }

        @Override
        public void run(int count, Task task) {
          for (int i = 0; i < count; i++) {
            task.run(i, 0);
          }
        }
      };

  private final Slices lines;
  private final boolean descending;
  private final int perTask;
  private final PerWorker<RadixSort> radix;
  private final PerWorker<long[]> pairs;
  private final Team.Task task = this::sortSome;
  private @Nullable RadixSort whole;

  ArgSortKernel(Slices lines, boolean descending) {
    this.lines = lines;
    this.descending = descending;
    this.perTask = Math.max(1, STRETCH / lines.length());
    this.radix = new PerWorker<>(() -> new RadixSort(lines.length(), descending, 1));
    this.pairs = new PerWorker<>(() -> new long[lines.length()]);
  }

  @Override
  void run(Team team) {
    if (lines.length() < LONG) {
      radix.prepare(team.size());
      pairs.prepare(team.size());
      team.run((lines.count() + perTask - 1) / perTask, task);
      return;
    }
    if (whole == null || whole.blocks() != team.size()) {
      whole = new RadixSort(lines.length(), descending, team.size());
    }
    for (int line = 0; line < lines.count(); line++) {
      whole.sort(first, result, lines.start(line), lines.inner(), team);
    }
  }

  private void sortSome(int index, int worker) {
    int end = Math.min(lines.count(), (index + 1) * perTask);
    for (int line = index * perTask; line < end; line++) {
      if (lines.length() <= SHORT) {
        sortNumbers(lines.start(line), pairs.get(worker));
      } else {
        radix.get(worker).sort(first, result, lines.start(line), lines.inner(), ALONE);
      }
    }
  }

  /** Key and position in one number: no two are equal, so any sort is stable. */
  private void sortNumbers(int start, long[] pairs) {
    int flip = descending ? -1 : 0;
    for (int k = 0; k < lines.length(); k++) {
      pairs[k] = (long) (SortKeys.of(first[start + k * lines.inner()]) ^ flip) << 32 | k;
    }
    Arrays.sort(pairs);
    for (int k = 0; k < lines.length(); k++) {
      result[start + k * lines.inner()] = (int) pairs[k];
    }
  }
}
