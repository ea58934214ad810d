package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One step of a formula: the tensor to go on from, what else there is, and luck. It writes down
 * what an operation asks of it, so that reports say it.
 */
final class Step {
  private final Given given;
  private final Growth growth;
  private final Tensor x;
  private final Random random;
  private final int axis;
  private final StringBuilder words = new StringBuilder();

  Step(Given given, Growth growth, Tensor x, Random random) {
    this.given = given;
    this.growth = growth;
    this.x = x;
    this.random = random;
    this.axis = random.nextInt(x.shape().rank());
  }

  /** Returns the tensor to go on from; never a scalar. */
  Tensor x() {
    return x;
  }

  int rank() {
    return x.shape().rank();
  }

  /** Returns an axis, the same whenever it is asked for. */
  int axis() {
    if (words.indexOf(" @") < 0) {
      words.append(" @").append(axis);
    }
    return axis;
  }

  /** Returns the size of the axis. */
  int size() {
    return x.shape().get(axis);
  }

  /** Returns the size of x along each axis. */
  int[] sizes() {
    return x.shape().toArray();
  }

  /** Returns ones, but for this size at the axis. */
  int[] line(int size) {
    int[] sizes = new int[rank()];
    Arrays.fill(sizes, 1);
    sizes[axis()] = size;
    return sizes;
  }

  /** Returns one axis or several. */
  int[] axes() {
    List<Integer> some = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < rank(); i++) {
        if (random.nextBoolean()) {
          some.add(i);
        }
      }
    }
    if (some.isEmpty()) {
      some.add(random.nextInt(rank()));
    }
    words.append(' ').append(some);
    return some.stream().mapToInt(i -> i).toArray();
  }

  /** Returns all axes in any order. */
  int[] order() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    words.append(' ').append(order);
    return order.stream().mapToInt(i -> i).toArray();
  }

  /** Returns a number from 0 to {@code end} − 1. */
  int below(int end) {
    int number = random.nextInt(end);
    words.append(' ').append(number);
    return number;
  }

  boolean toss() {
    boolean side = random.nextBoolean();
    words.append(side ? " yes" : " no");
    return side;
  }

  /** Returns any tensor made before. */
  Tensor other() {
    Tensor other = growth.any(random);
    words.append(' ').append(growth.name(other));
    return other;
  }

  /** Returns a number from 0 to 1 that reports leave out. */
  float luck() {
    return random.nextFloat();
  }

  Given given() {
    return given;
  }

  /** Tells whether x has the shape of most inputs. */
  boolean isLikeInputs() {
    return x.shape().equals(given.p().shape());
  }

  Parameter parameter() {
    return growth.parameter();
  }

  /** Tells whether x and the other broadcast to something small enough. */
  boolean hasRoom(Tensor a, Tensor b) {
    return growth.hasRoom(Shape.broadcast("random", a.shape(), b.shape()).count());
  }

  /** Tells whether so many times the elements of x are few enough. */
  boolean hasRoom(int times) {
    return growth.hasRoom((long) x.shape().count() * times);
  }

  /** Returns what was asked of this step. */
  String words() {
    return growth.name(x) + words;
  }
}
