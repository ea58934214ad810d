package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.AllReduce;
import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.List;

/** Folds the rows that this worker has, and waits for the others: one thread speaks for it. */
final class AllReduceKernel implements WholeArrayKernel {
  private final AllReduce op;
  private final int[] numbers; // of each operand
  private final int[] counts;
  private final double[] folded;

  AllReduceKernel(AllReduce op, List<Shape> operands) {
    this.op = op;
    this.numbers = operands.stream().mapToInt(AllReduce::numbers).toArray();
    this.counts = operands.stream().mapToInt(Shape::count).toArray();
    this.folded = new double[Arrays.stream(numbers).sum()];
  }

  @Override
  public void run(float[][] operands, float[] result, ParallelFor team) {
    Arrays.fill(folded, op.fold().start());
    int to = 0;
    for (int i = 0; i < numbers.length; i++) {
      for (int row = 0; numbers[i] > 0 && row < counts[i]; row += numbers[i]) {
        fold(operands[i], row, to, numbers[i]);
      }
      to += numbers[i];
    }
    op.exchange().allReduce(folded, folded.length, op.fold());
    for (int i = 0; i < folded.length; i++) {
      result[i] = (float) folded[i];
    }
  }

  private void fold(float[] row, int from, int to, int count) {
    if (op.fold() == Fold.SUM) { // nearly all are
      for (int i = 0; i < count; i++) {
        folded[to + i] += row[from + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        folded[to + i] = op.fold().apply(folded[to + i], row[from + i]);
      }
    }
  }
}
