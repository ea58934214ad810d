package io.lossmith.core.plan;

import io.lossmith.core.Elements;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run does, in order, without a word about hardware: the CPU engine interprets it, others
 * may generate code from it.
 *
 * @param buffers all arrays, by id
 * @param steps what is done, each step after those whose results it reads
 * @param checks for each check of the graph the buffer of one number that must be 0 after the run
 */
public record Plan(List<Buffer> buffers, List<Step> steps, List<Buffer> checks) {
  /** Refuses null. */
  public Plan {
    buffers = Elements.copyOf(buffers, "buffers");
    steps = Elements.copyOf(steps, "steps");
    checks = Elements.copyOf(checks, "checks");
  }

  /** Returns how many elements the steps read and write, each array whole. */
  public long moved() {
    return steps.stream()
        .flatMap(step -> Stream.concat(step.reads().stream(), step.writes().stream()))
        .mapToLong(buffer -> buffer.shape().count())
        .sum();
  }
}
