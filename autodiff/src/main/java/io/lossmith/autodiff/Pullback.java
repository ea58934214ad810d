package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;

/** What flows back to one operand of an operation, given what flows to its result. */
interface Pullback {
  /** Returns what the operand gets, as if it had the result's shape. */
  Flow apply(Node node, Flow flow, Bounds bounds);
}
