package io.lossmith.core.shard;

import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Op;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a worker computes its part of an operation on the whole batch.
 *
 * @param local what it does to its own part; where results are joined, some rows of what is joined
 * @param operands for each operand how it must be spread, null if all workers must have it whole
 * @param result how the result is spread, null if all have it whole
 * @param joined how the workers' results are joined, or null if they are not
 */
record ShardRule(
    Op local, List<@Nullable Spread> operands, @Nullable Spread result, @Nullable Fold joined) {
  /** An operation that is the same for each worker, all of whose operands are spread alike. */
  static ShardRule alike(Op op, int operands, Spread spread, Spread result) {
    return new ShardRule(op, Collections.nCopies(operands, spread), result, null);
  }

  /** What can be done with a part only if each sample stands for itself. */
  static final class MixesSamples extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MixesSamples() {
      super("", null, false, false);
    }
  }
}
