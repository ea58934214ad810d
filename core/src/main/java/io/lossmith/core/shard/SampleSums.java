package io.lossmith.core.shard;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over samples, a row for each sample: what is rounded in it is then the same whichever worker
 * has the sample, and the rows of all are added in double.
 */
final class SampleSums {
  private SampleSums() {}

  /**
   * Returns the rows {@code [samples, numbers]} of a sum.
   *
   * @param sum goes over the axis of the samples
   * @param own what the worker has of its operand
   * @param spread where the samples stand in it
   * @param user the sum as it is of the whole batch
   */
  static Node of(AxisFold sum, Node own, Spread spread, Shard shard, Node user) {
    int batch = spread.axis();
    Node samples = spread.inner() == 1 ? own : split(own, spread, shard, user);
    int more = samples.shape().rank() - own.shape().rank();
    List<Integer> axes = new ArrayList<>();
    for (int axis : sum.axes()) {
      if (axis != batch || more > 0) {
        axes.add(axis < batch ? axis : axis + more);
      }
    }
    Node sums =
        axes.isEmpty()
            ? samples
            : Node.of(new AxisFold(Fold.SUM, axes), List.of(samples), user.where());
    if (batch > 0) {
      List<Integer> order = new ArrayList<>(List.of(batch));
      for (int axis = 0; axis < sums.shape().rank(); axis++) {
        if (axis != batch) {
          order.add(axis);
        }
      }
      sums = Node.of(new Move.Permute(order), List.of(sums), user.where());
    }
    Shape rows = Shape.of(shard.samples(), user.shape().count());
    return Node.of(new Move.Reshape(rows), List.of(sums), user.where());
  }

  /** Undoes the merging of the batch with the axes behind it. */
  private static Node split(Node own, Spread spread, Shard shard, Node user) {
    int[] sizes = own.shape().toArray();
    int[] apart = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, apart, 0, spread.axis());
    apart[spread.axis()] = shard.samples();
    apart[spread.axis() + 1] = spread.inner();
    int after = spread.axis() + 1;
    System.arraycopy(sizes, after, apart, after + 1, sizes.length - after);
    return Node.of(new Move.Reshape(Shape.of(apart)), List.of(own), user.where());
  }
}
