package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A gradient on its way back, and what is known of it.
 *
 * <p>A choice does not put zeros into the gradient of what it chooses from, for a later slope may
 * be infinite or NaN just there. Its condition comes along instead, through all that computes each
 * element from one element, and is applied at the end: so a choice costs what it did, and what was
 * not chosen cannot leak.
 */
final class Flow {
  private final Tensor gradient;
  private final List<ConditionMask> masks;
  private final boolean steep;

  private Flow(Tensor gradient, List<ConditionMask> masks, boolean steep) {
    this.gradient = gradient;
    this.masks = masks;
    this.steep = steep;
  }

  static Flow of(Tensor gradient) {
    return new Flow(gradient, List.of(), false);
  }

  /** Returns the numbers; where nothing is chosen they mean nothing, see {@link #settled}. */
  Tensor gradient() {
    return gradient;
  }

  /** Tells whether elements may be infinite though the output is not, as behind a root at 0. */
  boolean steep() {
    return steep;
  }

  Flow withSteep(boolean changed) {
    return new Flow(gradient, masks, changed);
  }

  /** Returns the numbers with 0 where nothing is chosen. */
  Tensor settled() {
    return settled(gradient, masks);
  }

  private static Tensor settled(Tensor gradient, List<ConditionMask> masks) {
    Tensor g = gradient;
    for (ConditionMask mask : masks) {
      g = mask.applied() ? g : mask.select(g);
    }
    return g;
  }

  private static List<ConditionMask> marked(List<ConditionMask> masks, boolean applied) {
    return masks.stream().map(mask -> mask.withApplied(applied)).toList();
  }

  /** Returns other numbers: 0 times a finite number, no more, so that zeros stay. */
  Flow with(Tensor changed) {
    return new Flow(changed, masks, steep);
  }

  /** Returns numbers that came of these by a factor that may be infinite or NaN. */
  Flow scaled(Tensor changed) {
    return new Flow(changed, marked(masks, false), steep);
  }

  /** Returns what flows to one side of a choice. */
  Flow chosen(Tensor condition, boolean when) {
    Double number = FoldingArithmetic.number(condition);
    if (number != null) {
      return (number != 0) == when ? this : new Flow(Creation.scalar(0), List.of(), false);
    }
    List<ConditionMask> more = new ArrayList<>(masks);
    ConditionMask mask = new ConditionMask(condition, when, false);
    if (more.stream().noneMatch(mask::isLike)) {
      more.add(mask);
    }
    return new Flow(gradient, List.copyOf(more), steep);
  }

  /** Returns the gradient alone, settled: for operations that mix elements. */
  Flow mixed(UnaryOperator<Tensor> back) {
    return new Flow(back.apply(settled()), List.of(), steep);
  }

  /** Returns this for an operation that mixes the elements along an axis. */
  Flow mixedAlong(Shape whole, int axis) {
    List<Integer> axes = List.of(axis);
    List<ConditionMask> varying = masks.stream().filter(mask -> mask.varies(whole, axes)).toList();
    return new Flow(
        settled(gradient, varying), List.copyOf(ConditionMask.anywhere(masks, whole, axes)), steep);
  }

  /** Returns this with small gradients settled before they grow along axes. */
  Flow settledFirst() {
    return new Flow(settled(), marked(masks, true), steep);
  }

  /** Moves the gradient and its conditions alike. */
  Flow moved(Move move, Node node, int operand) {
    boolean everywhere = move.keepsAll();
    Flow from = everywhere ? this : settledFirst();
    List<ConditionMask> with = new ArrayList<>();
    for (ConditionMask mask : from.masks) {
      // Where elements are left out, none is chosen: 0 stands for that, so 1 must for the others.
      Tensor condition = everywhere ? mask.condition() : mask.indicator();
      with.add(
          new ConditionMask(
              ConditionMask.lean(MoveGradients.toOperand(move, node, operand, condition)),
              everywhere ? mask.when() : true,
              mask.applied()));
    }
    return new Flow(
        MoveGradients.toOperand(move, node, operand, from.gradient), List.copyOf(with), steep);
  }

  /** Returns what flows back to an operand that was repeated to a node's shape. */
  Flow undone(Shape from, Shape to) {
    int shift = from.rank() - to.rank();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      if (from.get(axis) != 1 && (axis < shift || to.get(axis - shift) == 1)) {
        axes.add(axis);
      }
    }
    if (axes.isEmpty()) {
      List<ConditionMask> small =
          masks.stream()
              .map(m -> new ConditionMask(trimmed(m.condition(), to), m.when(), m.applied()))
              .toList();
      return new Flow(trimmed(gradient, to), small, steep);
    }
    List<ConditionMask> small =
        ConditionMask.anywhere(masks, from, axes).stream()
            .map(m -> new ConditionMask(trimmed(m.condition(), to), m.when(), true))
            .toList();
    return new Flow(trimmed(summed(settled(), from, axes), to), small, steep);
  }

  /** Where the gradient is the same along an axis, its sum is a product. */
  private static Tensor summed(Tensor g, Shape from, List<Integer> axes) {
    int offset = from.rank() - g.shape().rank();
    double copies = 1;
    List<Integer> own = new ArrayList<>();
    for (int axis : axes) {
      if (axis >= offset && g.shape().get(axis - offset) != 1) {
        own.add(axis - offset);
      } else {
        copies *= from.get(axis);
      }
    }
    int[] summed = own.stream().mapToInt(Integer::intValue).toArray();
    return FoldingArithmetic.times(summed.length == 0 ? g : g.sumKeep(summed), copies);
  }

  /** Drops leading axes that the operand does not have. */
  private static Tensor trimmed(Tensor x, Shape to) {
    int extra = x.shape().rank() - to.rank();
    if (extra <= 0) {
      return x;
    }
    int[] axes = new int[extra];
    for (int i = 0; i < extra; i++) {
      axes[i] = i;
    }
    return Moves.reshaped(x, x.shape().without(axes));
  }

  /** Adds another contribution. What both choose by stays open, the rest is applied before. */
  Flow plus(Flow other) {
    List<ConditionMask> shared = new ArrayList<>();
    int common = 0;
    while (common < Math.min(masks.size(), other.masks.size())
        && masks.get(common).isLike(other.masks.get(common))) {
      ConditionMask mine = masks.get(common);
      ConditionMask its = other.masks.get(common);
      shared.add(mine.withApplied(mine.applied() && its.applied()));
      common++;
    }
    List<ConditionMask> mine = masks.subList(common, masks.size());
    List<ConditionMask> its = other.masks.subList(common, other.masks.size());
    Tensor sum = FoldingArithmetic.plus(settled(gradient, mine), settled(other.gradient, its));
    boolean opposite = mine.size() == 1 && its.size() == 1 && mine.get(0).isOppositeOf(its.get(0));
    if (!mine.isEmpty() && !its.isEmpty() && !opposite) {
      Tensor either =
          ConditionMask.all(mine).indicator().maximum(ConditionMask.all(its).indicator());
      shared.add(new ConditionMask(either, true, true));
    }
    return new Flow(sum, List.copyOf(shared), steep || other.steep);
  }
}
