package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Slices;
import org.jspecify.annotations.Nullable;

/**
 * An operation along one axis: long lines one after the other with the whole team on each, others
 * shared out among the team.
 */
abstract class LineKernel extends BoundKernel {
  /** From here on a line is worth a team. */
  static final int LONG = 1 << 15;

  /** Elements that are worth a task. */
  private static final int STRETCH = 1 << 14;

  /** The caller alone. */
  static final ParallelFor ALONE =
      new ParallelFor() {
        @Override
        public int size() {
          return 1;
        }

        @Override
        public void run(int count, Task task) {
          ParallelFor.alone(count, task);
        }
      };

  /** How the lines lie. */
  final Slices lines;

  private final int perTask;
  private final PerWorker<LineWork> works;
  private final ParallelFor.Task task = this::runSome;
  private @Nullable LineWork whole;

  LineKernel(Slices lines) {
    this.lines = lines;
    this.perTask = Math.max(1, STRETCH / lines.length());
    this.works = new PerWorker<>(this::work);
  }

  /** Makes what works on a line. */
  abstract LineWork work();

  @Override
  final void run(ParallelFor team) {
    if (lines.length() < LONG) {
      works.prepare(team.size());
      team.run((lines.count() + perTask - 1) / perTask, task);
      return;
    }
    if (whole == null) {
      whole = work();
    }
    for (int line = 0; line < lines.count(); line++) {
      whole.run(line, team);
    }
  }

  private void runSome(int index, int worker) {
    int end = Math.min(lines.count(), (index + 1) * perTask);
    for (int line = index * perTask; line < end; line++) {
      works.get(worker).run(line, ALONE);
    }
  }
}
