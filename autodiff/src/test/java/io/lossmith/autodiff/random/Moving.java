package io.lossmith.autodiff.random;

import static io.lossmith.autodiff.random.Operation.row;

import io.lossmith.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;

/** What changes shapes, and differences of neighbours. */
final class Moving {
  static final List<Operation> ROWS =
      List.of(
          row("permute", s -> s.x().permute(s.order())),
          row("permute", s -> s.x().permute(s.order())),
          row("merge two axes", s -> s.axis() + 1 < s.rank(), Moving::merged),
          row("split an axis", s -> divisor(s.size()) < s.size(), Moving::split),
          row("flatten", s -> s.x().flatten(s.axis())),
          row("unsqueeze", s -> s.x().unsqueeze(s.below(s.rank() + 1))),
          row("squeeze", s -> s.x().squeeze()),
          row("slice", Moving::slice),
          row("get", s -> s.rank() > 1, s -> s.x().get(s.below(s.sizes()[0]))),
          row("pad", s -> s.x().pad(with(s, s.below(2)), with(s, 1 + s.below(2)))),
          row("concat with half", s -> Tensor.concat(s.axis(), s.x(), s.x().times(.5))),
          row("concat with other", s -> Tensor.concat(s.axis(), s.other(), s.x())),
          row(
              "concat with its mean",
              s -> Tensor.concat(s.axis(), s.x(), s.x().meanKeep(s.axis()))),
          row("stack", s -> Tensor.stack(s.below(s.rank() + 1), s.x(), s.x().flip(s.axis()))),
          row("transpose", s -> s.rank() > 1, s -> s.x().transpose()),
          row("padReplicate", s -> s.x().padReplicate(with(s, s.below(3)), with(s, s.below(3)))),
          row(
              "padReflect",
              s -> s.x().padReflect(with(s, s.below(s.size())), with(s, s.below(s.size())))),
          row("all pairs", s -> s.hasRoom(s.size()), s -> s.x().pairwise(s.axis(), Tensor::minus)),
          row("flip", s -> s.x().flip(s.axis())),
          row("x times flip", s -> s.x().flip(s.axis()).times(s.x())),
          row("diff", s -> s.size() > 1, s -> s.x().diff(s.axis())),
          row("second diff", s -> s.size() > 2, Moving::secondDiff),
          row("roll", s -> s.size() > 1, Moving::roll),
          row("repeated in front", Moving::repeated),
          row("repeated along an axis of 1", s -> s.size() == 1, Moving::widened),
          row("x − x transposed", s -> s.rank() > 1, Moving::antisymmetric));

  private Moving() {}

  private static int divisor(int size) {
    int divisor = 2;
    while (divisor < size && size % divisor != 0) {
      divisor++;
    }
    return Math.max(divisor, 2);
  }

  private static Tensor merged(Step s) {
    int[] from = s.sizes();
    int[] to = new int[from.length - 1];
    System.arraycopy(from, 0, to, 0, s.axis() + 1);
    System.arraycopy(from, s.axis() + 2, to, s.axis() + 1, from.length - s.axis() - 2);
    to[s.axis()] *= from[s.axis() + 1];
    return s.x().reshape(to);
  }

  private static Tensor split(Step s) {
    int[] from = s.sizes();
    int[] to = new int[from.length + 1];
    System.arraycopy(from, 0, to, 0, s.axis());
    System.arraycopy(from, s.axis() + 1, to, s.axis() + 2, from.length - s.axis() - 1);
    to[s.axis()] = divisor(s.size());
    to[s.axis() + 1] = s.size() / divisor(s.size());
    return s.x().reshape(to);
  }

  private static Tensor slice(Step s) {
    int from = s.below(s.size());
    return s.x().slice(s.axis(), from, from + 1 + s.below(s.size() - from));
  }

  private static int[] with(Step s, int padding) {
    int[] sizes = new int[s.rank()];
    sizes[s.axis()] = padding;
    return sizes;
  }

  private static Tensor secondDiff(Step s) {
    Tensor x = s.x();
    int n = s.size();
    Tensor ends = x.slice(s.axis(), 0, n - 2).plus(x.slice(s.axis(), 2, n));
    return ends.minus(x.slice(s.axis(), 1, n - 1).times(2));
  }

  private static Tensor roll(Step s) {
    Tensor head = s.x().slice(s.axis(), 0, 1);
    return Tensor.concat(s.axis(), s.x().slice(s.axis(), 1, s.size()), head);
  }

  private static Tensor repeated(Step s) {
    int[] sizes = new int[s.rank() + 1];
    System.arraycopy(s.sizes(), 0, sizes, 1, s.rank());
    sizes[0] = 1 + s.below(4);
    return s.x().broadcastTo(sizes);
  }

  private static Tensor widened(Step s) {
    int[] sizes = s.sizes();
    sizes[s.axis()] = 2 + s.below(4);
    return s.x().broadcastTo(sizes);
  }

  /** Where the two axes are not of one size, a part of them is. */
  private static Tensor antisymmetric(Step s) {
    int last = s.rank() - 1;
    int least = Math.min(s.sizes()[last], s.sizes()[last - 1]);
    Tensor square = s.x().slice(last, 0, least).slice(last - 1, 0, least);
    return square.minus(square.permute(swapped(s.rank(), last - 1, last)));
  }

  /** Returns the axes with two of them swapped. */
  static int[] swapped(int rank, int a, int b) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, i -> i == a ? b : i == b ? a : i);
    return axes;
  }
}
