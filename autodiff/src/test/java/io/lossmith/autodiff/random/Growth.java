package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A formula while it grows. Each step has a place of its own and a random source of its own, so
 * that leaving some out keeps the others: the place of a step that is left out holds what it would
 * have gone on from.
 */
final class Growth {
  private static final int MOST_AXES = 6;

  private final Formula formula;
  private final Given given;
  private final List<Tensor> places = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final Parameter parameter = Parameter.of(.7f);
  private Tensor last;

  private Growth(Formula formula, Given given) {
    this.formula = formula;
    this.given = given;
    last = Luck.of(formula.seed(), -1).nextInt(4) == 0 ? given.t() : given.p();
    places.addAll(given.all());
    names.addAll(List.of("p", "t", "w"));
  }

  static Growth of(Formula formula, Given given) {
    Growth growth = new Growth(formula, given);
    for (int i = 0; i < formula.steps(); i++) {
      growth.step(i);
    }
    return growth;
  }

  private void step(int i) {
    Random random = Luck.of(formula.seed(), 10 + i);
    Tensor from = random.nextInt(3) == 0 ? any(random) : last;
    if (from.shape().rank() == 0) {
      from = random.nextBoolean() ? given.p() : given.t();
    }
    Operation operation = Operations.any(random);
    Step step = new Step(given, this, from, random);
    Tensor made = from;
    if (!formula.without().get(i) && operation.fits().test(step)) {
      made = made(operation, step);
    }
    places.add(made);
    if (made == from) {
      names.add(name(from));
      return;
    }
    names.add("v" + i);
    words.add("v" + i + made.shape() + " = " + operation.name() + " " + step.words());
    last = made;
  }

  /** Shapes know nothing of values, so what does not fit here does not fit on any engine. */
  private Tensor made(Operation operation, Step step) {
    Tensor made;
    try {
      made = operation.build().apply(step);
    } catch (ShapeException e) {
      return step.x();
    }
    boolean isFine =
        hasRoom(made.shape().count())
            && made.shape().count() > 0
            && made.shape().rank() <= MOST_AXES;
    return isFine ? made : step.x();
  }

  boolean hasRoom(long elements) {
    return elements <= formula.room();
  }

  /** Returns an input, or something made lately. */
  Tensor any(Random random) {
    int back = (int) (Math.abs(random.nextGaussian()) * 2.5);
    int at = Math.max(0, places.size() - 1 - back);
    return places.get(random.nextInt(4) == 0 ? random.nextInt(given.all().size()) : at);
  }

  String name(Tensor x) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) == x) {
        return names.get(i);
      }
    }
    return "?";
  }

  Tensor last() {
    return last;
  }

  Parameter parameter() {
    return parameter;
  }

  /** Returns a line for each step that made something. */
  List<String> words() {
    return words;
  }
}
