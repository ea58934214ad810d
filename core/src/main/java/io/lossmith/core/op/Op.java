package io.lossmith.core.op;

/**
 * What a node of a graph does. Elementwise operations broadcast their operands as NumPy does, folds
 * keep the folded axes at size 1, moves change where an element stands, opaque operations read
 * whole arrays and run between fused passes. Two operations that are {@code equals} do the same.
 */
public sealed interface Op
    permits Leaf, Unary, Binary, Where, Reduction, Move, Opaque, Alias, Check, OutOfRange {
  /** Returns the name that {@code explain()} and error messages print. */
  String label();
}
