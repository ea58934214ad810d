package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.broadcast;
import static io.lossmith.core.graph.Nodes.concat;
import static io.lossmith.core.graph.Nodes.data;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.equal;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.fold;
import static io.lossmith.core.graph.Nodes.iota;
import static io.lossmith.core.graph.Nodes.less;
import static io.lossmith.core.graph.Nodes.log;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.neg;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.pad;
import static io.lossmith.core.graph.Nodes.parameter;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.reshape;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.slice;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static io.lossmith.core.graph.Nodes.where;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The graphs that every engine must get right: awkward sizes, shapes, folds and orders. */
public final class Samples {
  private Samples() {}

  /** Returns all of them. */
  public static List<Sample> all() {
    List<Sample> all = new ArrayList<>();
    lengths(all);
    emptyAndSingleAxes(all);
    broadcasts(all);
    folds(all);
    foldsOfFolds(all);
    softmaxes(all);
    moves(all);
    outputs(all);
    chains(all);
    all.addAll(LossSamples.all());
    return all;
  }

  /** Lengths around those of vectors and tiles: plain, folded, and with the fold used again. */
  private static void lengths(List<Sample> all) {
    int[] lengths = {
      1, 7, 8, 9, 15, 16, 17, 31, 33, 511, 513, 1023, 1024, 1025, 4099, 65_537, 1_000_003
    };
    for (int n : lengths) {
      Sample.Builder b = new Sample.Builder("length " + n);
      Node x = b.floats(n);
      Node y = b.floats(n);
      Node p = sigmoid(x);
      Node sum = total(mul(p, y));
      Node rest = div(sub(p, y), add(mul(sum, sum), scalar(1)));
      all.add(b.of(mul(p, y), sum, fold(Fold.MAX, x, 0), fold(Fold.MIN, y, 0), rest));
    }
  }

  private static void emptyAndSingleAxes(List<Sample> all) {
    int[][] shapes = {{0}, {2, 0, 3}, {0, 4}, {1}, {1, 1, 1}, {1, 5, 1}, {1, 1, 9}, {3, 1, 1}};
    for (int[] shape : shapes) {
      Sample.Builder b = new Sample.Builder("shape " + Arrays.toString(shape));
      Node x = b.floats(shape);
      Node y = b.floats(shape);
      int last = shape.length - 1;
      all.add(
          b.of(
              add(x, y),
              sum(x),
              fold(Fold.MAX, x, last),
              fold(Fold.MIN, x, 0),
              sum(exp(x), last),
              concat(last, x, y),
              add(total(x), scalar(1)),
              mul(x, sum(y, last))));
    }
  }

  /** Each axis of each operand repeated or not, and missing leading axes. */
  private static void broadcasts(List<Sample> all) {
    int[] full = {2, 3, 4, 5};
    for (int bits = 0; bits < 16; bits++) {
      int chosen = bits;
      int[] small = IntStream.range(0, 4).map(i -> (chosen >> i & 1) == 1 ? 1 : full[i]).toArray();
      int[] other = IntStream.range(0, 4).map(i -> (chosen >> i & 1) == 1 ? full[i] : 1).toArray();
      Sample.Builder b = new Sample.Builder("broadcast " + Arrays.toString(small));
      Node x = b.floats(full);
      Node y = b.floats(small);
      Node z = b.floats(other);
      all.add(
          b.of(
              sub(x, y),
              div(y, add(exp(x), scalar(1))),
              mul(y, z),
              where(less(y, z), x, y),
              sum(mul(x, y), 1, 3),
              sum(mul(y, z), 0, 2),
              broadcast(y, full),
              total(mul(y, x))));
    }
    int[][] lower = {{}, {5}, {1}, {4, 5}, {4, 1}, {3, 1, 5}, {3, 4, 1}};
    for (int[] small : lower) {
      Sample.Builder b = new Sample.Builder("broadcast of lower rank " + Arrays.toString(small));
      Node x = b.floats(full);
      Node y = b.floats(small);
      all.add(b.of(add(x, y), sub(y, x), sum(mul(x, y), 2), broadcast(y, full), mul(y, y)));
    }
    Sample.Builder b = new Sample.Builder("long rows and columns");
    Node row = b.floats(1, 3001);
    Node column = b.floats(37, 1);
    all.add(b.of(mul(row, column), sum(mul(row, column), 0), sum(mul(row, column), 1)));
  }

  /** Every choice of axes, on shapes where each axis is the long one. */
  private static void folds(List<Sample> all) {
    int[][] shapes = {{3, 4, 5, 6}, {7, 3, 1000}, {1500, 3, 4}, {2, 1300, 3}, {5, 70, 41}};
    for (int[] shape : shapes) {
      for (int bits = 1; bits < 1 << shape.length; bits++) {
        int chosen = bits;
        int[] axes = IntStream.range(0, shape.length).filter(i -> (chosen >> i & 1) == 1).toArray();
        Sample.Builder b =
            new Sample.Builder("folds " + Arrays.toString(axes) + " of " + Arrays.toString(shape));
        Node x = b.floats(shape);
        Node y = b.floats(shape);
        all.add(
            b.of(
                sum(x, axes),
                fold(Fold.MAX, x, axes),
                fold(Fold.MIN, mul(x, y), axes),
                sum(mul(x, y), axes),
                sub(x, sum(mul(x, x), axes))));
      }
    }
    Sample.Builder b = new Sample.Builder("a sum of a million ones and a rest").within(2e-7);
    float[] values = new float[1 << 21];
    Arrays.fill(values, 1);
    values[values.length - 1] = 0.5f;
    all.add(b.of(total(b.values(values, values.length))));
  }

  private static void foldsOfFolds(List<Sample> all) {
    Sample.Builder b = new Sample.Builder("folds of folds");
    Node x = b.floats(6, 5, 333);
    Node rows = fold(Fold.MAX, x, 2);
    Node deviation = sub(x, div(sum(x, 2), scalar(333)));
    Node variance = div(sum(mul(deviation, deviation), 2), scalar(333));
    Node normal = div(deviation, of(Unary.SQRT, add(variance, scalar(1e-3))));
    all.add(
        b.of(
            sum(rows, 1),
            fold(Fold.MIN, rows, 0, 1),
            sum(sum(x, 0), 2),
            max(sum(x, 1), 2),
            variance,
            normal,
            sum(mul(normal, normal), 0),
            total(mul(rows, sum(x, 2)))));

    Sample.Builder c = new Sample.Builder("three folds one after the other");
    Node p = sigmoid(c.floats(40_000));
    Node mean = div(total(p), scalar(40_000));
    Node spread = div(total(of(Unary.ABS, sub(p, mean))), scalar(40_000));
    Node scaled = div(sub(p, mean), spread);
    all.add(c.of(mean, spread, fold(Fold.MAX, scaled, 0), scaled));
  }

  private static void softmaxes(List<Sample> all) {
    int[][] classes = {{2, 3, 1000}, {1, 8, 513}, {2, 150, 70}, {4, 2, 1}, {1, 1, 33}, {3, 21, 16}};
    for (int[] shape : classes) {
      all.add(softmax(shape, 1));
    }
    int[][] rows = {{5, 10}, {1, 7}, {300, 33}, {3, 5000}, {70, 1}, {2, 3, 19}};
    for (int[] shape : rows) {
      all.add(softmax(shape, shape.length - 1));
    }
    all.add(softmax(new int[] {40, 600}, 0));
  }

  /** Softmax, its logarithm, and cross entropy against labels with its gradient. */
  private static Sample softmax(int[] shape, int axis) {
    Sample.Builder b =
        new Sample.Builder("softmax of axis " + axis + " of " + Arrays.toString(shape));
    Node x = mul(b.floats(shape), scalar(3));
    Node labels = b.labels(shape[axis], Shape.of(shape).with(axis, 1).toArray());
    Node top = max(x, axis);
    Node e = exp(sub(x, top));
    Node sum = sum(e, axis);
    Node p = div(e, sum);
    Node logSumExp = add(log(sum), top);
    Node hot = equal(labels, iota(shape.length, axis, shape[axis]));
    Node nll = sub(logSumExp, sum(where(hot, x, scalar(0)), axis));
    Node gradient = div(sub(p, hot), scalar(nll.shape().count()));
    return b.of(p, logSumExp, nll, total(nll), gradient, sum(mul(p, hot), axis), sum(p, 0));
  }

  private static Map<String, UnaryOperator<Node>> kinds() {
    Map<String, UnaryOperator<Node>> kinds = new LinkedHashMap<>();
    kinds.put("permute", x -> permute(x, 0, 2, 3, 1));
    kinds.put("transpose", x -> permute(x, 3, 2, 1, 0));
    kinds.put("swap leading axes", x -> permute(x, 1, 0, 2, 3));
    kinds.put("slice the last axis", x -> slice(x, 3, 2, 17));
    kinds.put("slice a middle axis", x -> slice(x, 1, 1, 2));
    kinds.put("slice to nothing", x -> slice(x, 2, 3, 3));
    kinds.put("flip the last axis", x -> flip(x, 3));
    kinds.put("flip other axes", x -> flip(x, 0, 2));
    kinds.put("pad all axes", x -> pad(x, List.of(1, 0, 2, 1), List.of(0, 1, 0, 3)));
    kinds.put("concat the last axis", x -> concat(3, x, slice(x, 3, 0, 1), x));
    kinds.put("concat channels", x -> concat(1, x, neg(x)));
    kinds.put("join axes", x -> reshape(x, 2, 3, 5 * 19));
    kinds.put("split axes", x -> reshape(x, 6, 1, 5, 19, 1));
    kinds.put("flatten", x -> reshape(x, 2 * 3 * 5 * 19));
    kinds.put("tear axes", x -> reshape(x, 19, 5, 6));
    kinds.put("broadcast", x -> broadcast(slice(x, 1, 0, 1), 4, 2, 3, 5, 19));
    return kinds;
  }

  /** Each move before and behind elementwise operations and folds, and between them. */
  private static void moves(List<Sample> all) {
    kinds()
        .forEach(
            (name, move) -> {
              Sample.Builder b = new Sample.Builder("move: " + name);
              Node x = b.floats(2, 3, 5, 19);
              Node y = b.floats(2, 3, 5, 19);
              Node moved = move.apply(x);
              int last = moved.shape().rank() - 1;
              Node centred = sub(x, div(sum(x, 3), scalar(19)));
              all.add(
                  b.of(
                      moved,
                      add(moved, scalar(1)),
                      move.apply(mul(sigmoid(x), y)),
                      mul(move.apply(exp(x)), move.apply(y)),
                      sum(moved, last),
                      sum(moved, 0),
                      total(mul(moved, move.apply(sigmoid(y)))),
                      move.apply(centred),
                      sub(moved, sum(moved, last)),
                      move.apply(move(y)),
                      max(move.apply(centred), 0)));
            });
    Sample.Builder b = new Sample.Builder("moves of large data");
    Node x = b.floats(3, 130, 257);
    Node t = permute(x, 0, 2, 1);
    all.add(
        b.of(
            exp(t),
            sum(t, 1),
            sum(t, 2),
            slice(t, 1, 3, 200),
            flip(mul(t, t), 1, 2),
            pad(slice(x, 2, 1, 257), List.of(0, 1, 1), List.of(0, 0, 1)),
            sub(slice(x, 2, 1, 257), slice(x, 2, 0, 256)),
            concat(1, x, mul(x, x))));
  }

  private static Node move(Node y) {
    return flip(permute(permute(y, 1, 0, 3, 2), 1, 0, 3, 2), 2);
  }

  private static void outputs(List<Sample> all) {
    Sample.Builder b = new Sample.Builder("outputs of all kinds");
    Node x = b.floats(3, 7);
    Node y = b.floats(7);
    Node unused = b.floats(5);
    Node p = sigmoid(x);
    Node known = data(Shape.of(2, 2), 1, 2, 3, 4);
    all.add(
        b.of(
            x,
            p,
            p,
            total(p),
            x,
            scalar(0.1),
            known,
            iota(3, 1, 5),
            add(known, scalar(1)),
            broadcast(scalar(3), 2, 3),
            sum(p, 0),
            mul(p, y),
            reshape(x, 21),
            parameter(Shape.of(3), 5, 6, 7),
            slice(unused, 0, 4, 5),
            mul(total(p), total(y)),
            broadcast(y, 3, 7),
            mul(iota(2, 0, 3), iota(2, 1, 4)),
            max(iota(1, 0, 2000), 0)));

    Sample.Builder c = new Sample.Builder("numbers only");
    Node s = c.floats();
    Node t = c.floats();
    all.add(c.of(add(s, t), exp(s), where(less(s, t), s, t), reshape(mul(s, t), 1, 1), s));

    Sample.Builder d = new Sample.Builder("no inputs");
    all.add(d.of(add(scalar(1), scalar(2)), exp(data(Shape.of(3), 0, 1, 2)), sum(iota(1, 0, 100))));

    Sample.Builder e = new Sample.Builder("loops of several shapes");
    Node one = e.floats(2, 3, 100);
    Node two = e.floats(4, 50);
    Node three = e.floats(9);
    Node mixed = add(add(total(exp(one)), total(two)), total(mul(three, three)));
    all.add(e.of(mixed, mul(one, mixed), div(two, mixed), sub(three, mixed), sum(one, 1)));
  }

  private static void chains(List<Sample> all) {
    Sample.Builder b = new Sample.Builder("a chain of 3000 operations").within(1e-4);
    Node x = b.floats(100);
    for (int i = 0; i < 1000; i++) {
      x = of(Unary.TANH, add(mul(x, scalar(1.01 + i * 1e-5)), scalar(0.01)));
    }
    all.add(b.of(x, total(x)));

    Sample.Builder c = new Sample.Builder("a chain of 40 folds").within(1e-4);
    Node y = c.floats(50);
    for (int i = 0; i < 40; i++) {
      y = sub(mul(y, scalar(0.99)), div(total(y), scalar(100 + i)));
    }
    all.add(c.of(y));

    Sample.Builder d = new Sample.Builder("200 operands live at once");
    Node z = d.floats(2000);
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      parts.add(of(Unary.ATAN, mul(z, scalar(i + 0.5))));
    }
    Node forth = parts.get(0);
    for (int i = 1; i < parts.size(); i++) {
      forth = add(forth, parts.get(i));
    }
    Node back = parts.get(199);
    for (int i = 198; i >= 0; i--) {
      back = sub(back, parts.get(i));
    }
    all.add(d.of(forth, back));

    Sample.Builder e = new Sample.Builder("60 inputs, 60 outputs");
    Node[] outputs = new Node[60];
    Node sum = scalar(0);
    for (int i = 0; i < outputs.length; i++) {
      Node input = e.floats(3, 1 + i);
      outputs[i] = exp(input);
      sum = add(sum, total(outputs[i]));
    }
    outputs[59] = sum;
    all.add(e.of(outputs));
  }
}
