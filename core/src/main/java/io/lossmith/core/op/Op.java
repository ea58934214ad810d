package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;

/**
 * What a node of a graph does: its shape rule and its formula, which is the reference for every
 * engine. Two operations that are {@code equals} do the same.
 */
public sealed interface Op permits Leaf, ElementwiseOp, AxisFold, Move, WholeArrayOp, Identity {
  /** Returns the name that {@code explain()} and error messages print. */
  String label();

  /**
   * Returns the shape of the result.
   *
   * @throws io.lossmith.core.ShapeException if the operands do not go together
   */
  Shape shape(List<Shape> operands);

  /**
   * Computes the result by the plain formula, in double: the reference for every engine.
   *
   * @param operands row-major elements of each operand
   * @param shapes their shapes
   * @param result filled by this method; holds zeros before
   */
  void evaluate(double[][] operands, List<Shape> shapes, double[] result);

  /** Returns what one of the cases says of this operation. */
  <R> R match(Cases<R> cases);

  /** An answer for each kind of operation: the compiler asks for one where a kind is new. */
  interface Cases<R> {
    /** Answers for values that are there before a graph runs. */
    R leaf(Leaf op);

    /** Answers for an elementwise operation on one operand. */
    R unary(Unary op);

    /** Answers for an elementwise operation on two operands. */
    R binary(Binary op);

    /** Answers for a choice between two operands. */
    R where(Where op);

    /** Answers for what counts elements that are not allowed. */
    R outOfRange(OutOfRange op);

    /** Answers for a fold over axes. */
    R axisFold(AxisFold op);

    /** Answers for what changes where elements stand. */
    R move(Move op);

    /** Answers for an operation on whole arrays. */
    R opaque(WholeArrayOp op);

    /** Answers for a demand on the operand. */
    R check(Check op);

    /** Answers for an operand with a meaning. */
    R alias(Alias op);
  }
}
