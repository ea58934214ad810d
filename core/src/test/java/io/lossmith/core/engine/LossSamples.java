package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.broadcast;
import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.concat;
import static io.lossmith.core.graph.Nodes.data;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.equal;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.iota;
import static io.lossmith.core.graph.Nodes.less;
import static io.lossmith.core.graph.Nodes.log;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.neg;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.pow;
import static io.lossmith.core.graph.Nodes.reshape;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static io.lossmith.core.graph.Nodes.where;
import static io.lossmith.core.graph.Nodes.window;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.ConvolutionWeightGradient;
import io.lossmith.core.op.MatrixMultiply;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Graphs as losses and small networks make them, gradients and checks included. */
final class LossSamples {
  private LossSamples() {}

  static List<Sample> all() {
    List<Sample> all = new ArrayList<>();
    for (int[] shape :
        new int[][] {{2, 4, 33, 17}, {1, 1, 64, 64}, {3, 2, 1, 5}, {2, 21, 40, 25}}) {
      all.add(dice(shape));
      all.add(binaryCrossEntropy(shape));
      all.add(weightedFocal(shape));
      all.add(crossEntropy(shape, false));
      all.add(crossEntropy(shape, true));
    }
    all.add(network());
    all.add(matrices());
    all.add(windows());
    return all;
  }

  /** Dice of softmax per sample and class against labels, checked, and its gradient. */
  private static Sample dice(int[] shape) {
    Sample.Builder b = new Sample.Builder("dice " + Shape.of(shape)).within(2e-5);
    Node x = b.floats(shape);
    Node labels =
        check("dice: target", b.labels(shape[1], shape[0], 1, shape[2], shape[3]), 0, shape[1]);
    Node t = equal(labels, iota(4, 1, shape[1]));
    Node e = exp(sub(x, max(x, 1)));
    Node p = div(e, sum(e, 1));
    Node hit = sum(mul(p, t), 2, 3);
    Node both = add(add(sum(p, 2, 3), sum(t, 2, 3)), scalar(1));
    Node score = div(add(mul(hit, scalar(2)), scalar(1)), both);
    double n = shape[0] * shape[1];
    Node loss = sub(scalar(1), mul(total(score), scalar(1 / n)));
    Node seed = broadcast(scalar(-1 / n), shape[0], shape[1], 1, 1);
    Node toHit = mul(div(seed, both), scalar(2));
    Node toBoth = neg(div(mul(seed, score), both));
    Node toP = add(mul(broadcast(toHit, shape), t), broadcast(toBoth, shape));
    Node toX = mul(p, sub(toP, sum(mul(toP, p), 1)));
    return b.of(loss, toX, reshape(score, shape[0], shape[1]));
  }

  /**
   * Cross entropy and Dice from labels, some of which belong to no class; the classes may be
   * numbered in any order, and one number twice.
   */
  private static Sample crossEntropy(int[] shape, boolean isCounting) {
    String name = "cross entropy, counting " + isCounting + ' ' + Shape.of(shape);
    Sample.Builder b = new Sample.Builder(name).within(2e-5);
    Node x = b.floats(shape);
    Node labels = b.labels(shape[1] + 1, shape[0], 1, shape[2], shape[3]);
    float[] numbers = new float[shape[1]];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = isCounting ? i : i / 2;
    }
    Node t = equal(labels, data(Shape.of(1, shape[1], 1, 1), numbers));
    Node z = sub(x, max(x, 1));
    Node e = exp(z);
    Node s = sum(e, 1);
    Node p = mul(e, of(Unary.RECIPROCAL, s));
    Node surprise = sub(log(s), sum(where(t, z, scalar(0)), 1));
    Node hits = sum(where(t, p, scalar(0)), 2, 3);
    Node all = add(add(sum(p, 2, 3), sum(t, 2, 3)), scalar(1));
    Node toP = sub(where(t, div(scalar(2), all), scalar(0)), div(hits, mul(all, all)));
    Node toX = mul(p, sub(toP, sum(mul(toP, p), 1)));
    Node gradient = add(toX, add(where(t, scalar(-0.5), scalar(0)), mul(div(scalar(0.5), s), e)));
    return b.of(total(surprise), div(hits, all), gradient, surprise);
  }

  /** Mean over what is valid, with values selected away that must not leak. */
  private static Sample binaryCrossEntropy(int[] shape) {
    Sample.Builder b = new Sample.Builder("binary cross entropy " + Shape.of(shape));
    Node x = b.floats(shape);
    Node labels = b.labels(3, shape);
    Node valid = less(labels, scalar(2));
    Node t = where(valid, labels, scalar(0));
    Node safe = where(valid, x, scalar(0));
    Node value = sub(of(Unary.SOFTPLUS, safe), mul(safe, t));
    Node count = add(total(valid), scalar(1e-6));
    Node loss = div(total(mul(value, valid)), count);
    Node gradient = where(valid, div(sub(sigmoid(safe), t), count), scalar(0));
    return b.of(loss, gradient, mul(value, valid));
  }

  /** A map of weights for each pixel, weights for each class, and a power. */
  private static Sample weightedFocal(int[] shape) {
    Sample.Builder b = new Sample.Builder("weighted focal " + Shape.of(shape)).within(2e-5);
    Node x = b.floats(shape);
    Node labels = b.labels(2, shape);
    Node mask = of(Unary.ABS, b.floats(shape[0], 1, shape[2], shape[3]));
    float[] weights = new float[shape[1]];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.5f + i;
    }
    Node weight = data(Shape.of(1, shape[1], 1, 1), weights);
    Node p = sigmoid(x);
    Node right = where(labels, p, sub(scalar(1), p));
    Node nll = neg(log(add(right, scalar(1e-7))));
    Node value = mul(mul(mul(pow(sub(scalar(1), right), 1.5), nll), mask), weight);
    Node each = div(sum(value, 2, 3), add(sum(mask, 2, 3), scalar(1)));
    return b.of(value, sum(each, 1), total(each));
  }

  /** Convolutions, pools and a resize with fused stretches before, between and behind. */
  private static Sample network() {
    Sample.Builder b = new Sample.Builder("network").within(1e-4);
    Random random = new Random(5);
    Node x = b.floats(2, 3, 12, 10);
    Node first = weights(random, 8, 3, 3, 3);
    Node second = weights(random, 2, 11, 3, 3);
    var same = window(2, 3, 1, 1);
    var half = window(2, 2, 2, 0);
    Node bias = weights(random, 1, 8, 1, 1);
    Node before = add(of(new Convolution(same), mul(x, scalar(0.5)), first), bias);
    Node hidden = of(Unary.RELU, before);
    Node key = of(new Alias("stop"), hidden);
    Node pooled = of(new MaxPoolPick(half), key, hidden);
    Node large = of(new Resize(Resize.Mode.NEAREST, List.of(12, 10)), pooled);
    Node y = of(new Convolution(same), concat(1, large, x), second);
    Node loss = total(mul(y, y));
    Node toY = mul(y, scalar(2));
    Node toSecond = of(new ConvolutionWeightGradient(same), concat(1, large, x), toY);
    Node toLarge = of(new ConvolutionInputGradient(same, concat(1, large, x).shape()), toY, second);
    Node toHidden = of(new MaxPoolScatter(half), hidden, mul(pooled, pooled));
    return b.of(loss, y, toSecond, toLarge, sum(toHidden, 2, 3), large);
  }

  private static Node weights(Random random, int... sizes) {
    Shape shape = Shape.of(sizes);
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return data(shape, values);
  }

  private static Sample matrices() {
    Sample.Builder b = new Sample.Builder("matrices").within(1e-4);
    Node x = b.floats(3, 17, 9);
    Node y = b.floats(3, 9, 33);
    Node product = of(new MatrixMultiply(), of(Unary.TANH, x), y);
    return b.of(product, sum(exp(mul(product, scalar(0.1))), 2), total(product));
  }

  /** A local mean used as a weight, as structure losses do. */
  private static Sample windows() {
    Sample.Builder b = new Sample.Builder("windows");
    Node x = b.floats(2, 1, 40, 33);
    Node t = b.labels(2, 2, 1, 40, 33);
    Node near = of(new AveragePool(window(2, 7, 1, 3)), t);
    Node weight = add(mul(of(Unary.ABS, sub(near, t)), scalar(5)), scalar(1));
    Node value = sub(of(Unary.SOFTPLUS, x), mul(x, t));
    Node mean = div(sum(mul(weight, value), 2, 3), sum(weight, 2, 3));
    return b.of(mean, weight, total(mean));
  }
}
