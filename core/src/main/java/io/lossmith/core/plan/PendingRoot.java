package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;

/**
 * One root of a loop to be.
 *
 * @param node a node stored, or a reduction whose operand is folded
 * @param destination where the result goes
 * @param folds whether it is such a reduction
 * @param level when its loop runs: after all loops of lower levels
 */
record PendingRoot(Node node, View destination, boolean folds, int level) {
  /** Returns what the loop runs over. */
  Shape space() {
    return folds ? node.operand(0).shape() : node.shape();
  }
}
