package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.Where;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Short names for nodes, so that a test's graph reads like its formula. */
public final class Nodes {
  private Nodes() {}

  public static Node input(int index, int... sizes) {
    return Node.leaf(new Leaf.Input(index), Shape.of(sizes));
  }

  public static Node data(Shape shape, float... values) {
    return Node.leaf(new Leaf.Data(values, false), shape);
  }

  public static Node parameter(Shape shape, float... values) {
    return Node.leaf(new Leaf.Data(values, true), shape);
  }

  public static Node scalar(double value) {
    return Node.leaf(new Leaf.Scalar(value), Shape.SCALAR);
  }

  /** Positions along one axis of {@code rank}. */
  public static Node iota(int rank, int axis, int size) {
    return Node.leaf(
        new Leaf.Iota(axis),
        Shape.of(IntStream.range(0, rank).map(i -> i == axis ? size : 1).toArray()));
  }

  public static Node of(Op op, Node... operands) {
    return Node.of(op, List.of(operands), null);
  }

  public static Node neg(Node x) {
    return of(Unary.NEGATE, x);
  }

  public static Node exp(Node x) {
    return of(Unary.EXP, x);
  }

  public static Node log(Node x) {
    return of(Unary.LOG, x);
  }

  public static Node sigmoid(Node x) {
    return of(Unary.SIGMOID, x);
  }

  public static Node add(Node a, Node b) {
    return of(Binary.ADD, a, b);
  }

  public static Node sub(Node a, Node b) {
    return of(Binary.SUBTRACT, a, b);
  }

  public static Node mul(Node a, Node b) {
    return of(Binary.MULTIPLY, a, b);
  }

  public static Node div(Node a, Node b) {
    return of(Binary.DIVIDE, a, b);
  }

  public static Node pow(Node a, double exponent) {
    return of(Binary.POWER, a, scalar(exponent));
  }

  public static Node equal(Node a, Node b) {
    return of(Binary.EQUAL, a, b);
  }

  public static Node less(Node a, Node b) {
    return of(Binary.LESS, a, b);
  }

  public static Node where(Node condition, Node chosen, Node otherwise) {
    return of(Where.WHERE, condition, chosen, otherwise);
  }

  /** A fold over axes, all of them if none is named; folded axes stay at size 1. */
  public static Node fold(Fold fold, Node x, int... axes) {
    int[] all = axes.length == 0 ? IntStream.range(0, x.shape().rank()).toArray() : axes;
    return of(new AxisFold(fold, Arrays.stream(all).boxed().toList()), x);
  }

  public static Node sum(Node x, int... axes) {
    return fold(Fold.SUM, x, axes);
  }

  public static Node max(Node x, int... axes) {
    return fold(Fold.MAX, x, axes);
  }

  /** The sum of everything, shape {@code []}. */
  public static Node total(Node x) {
    return reshape(sum(x));
  }

  public static Node reshape(Node x, int... sizes) {
    return of(new Move.Reshape(Shape.of(sizes)), x);
  }

  public static Node broadcast(Node x, int... sizes) {
    return of(new Move.Broadcast(Shape.of(sizes)), x);
  }

  public static Node permute(Node x, Integer... axes) {
    return of(new Move.Permute(List.of(axes)), x);
  }

  public static Node flip(Node x, Integer... axes) {
    return of(new Move.Flip(List.of(axes)), x);
  }

  /** The elements {@code from} to {@code to} − 1 of one axis. */
  public static Node slice(Node x, int axis, int from, int to) {
    List<Integer> starts =
        IntStream.range(0, x.shape().rank()).map(i -> i == axis ? from : 0).boxed().toList();
    return of(new Move.Slice(starts, x.shape().with(axis, to - from)), x);
  }

  public static Node pad(Node x, List<Integer> before, List<Integer> after) {
    return of(new Move.Pad(before, after), x);
  }

  public static Node concat(int axis, Node... operands) {
    return of(new Move.Concat(axis), operands);
  }

  /** A demand that all elements lie in a range. */
  public static Node check(String who, Node x, double low, double high) {
    return check(who, x, ValueRange.of(low, high));
  }

  /** A demand that all elements are in a range. */
  public static Node check(String who, Node x, ValueRange range) {
    return of(new Check(who, range, range.toString()), x);
  }

  /** A window with the same numbers along each spatial axis. */
  public static Window window(int rank, int size, int stride, int padding) {
    return new Window(same(rank, size), same(rank, stride), same(rank, padding), same(rank, 1));
  }

  private static List<Integer> same(int rank, int value) {
    return IntStream.range(0, rank).map(i -> value).boxed().toList();
  }
}
