package io.lossmith.core.engine.cpu.kernel;

import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Fold;
import java.util.List;

/**
 * What a pass computes at each place: values, operands first, and what becomes of some.
 *
 * @param isSegment for each array that is read or written whether a memory segment stands for it
 * @param numbers how many numbers are handed in
 */
public record PassCode(
    List<Value> values, List<Output> outputs, List<Boolean> isSegment, int numbers) {
  /** A value at each place. */
  public sealed interface Value {}

  /** An element of an array. */
  public record Element(int array) implements Value {}

  /** A number that is handed in. */
  public record Given(int number) implements Value {}

  /** A number known beforehand. */
  public record Constant(float number) implements Value {}

  /** A result of others, each by its place in the list. */
  public record Operation(ElementwiseOp op, List<Integer> operands) implements Value {}

  /** What becomes of a value. */
  public sealed interface Output {}

  /** It is written. */
  public record Stored(int value, int array) implements Output {}

  /** It is folded. */
  public record Folded(Fold fold, int value) implements Output {}

  /** The product of two is summed, by one rounding. */
  public record Dot(int a, int b) implements Output {}
}
