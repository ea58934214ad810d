package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What is asked for: a value made of what was built, and what the formula's bits add to it. */
final class Question {
  private static final int SECOND_TERM = 1;
  private static final int GRADIENT = 2;
  private static final int OUTPUT = 4;
  private static final int MORE_GRADIENTS = 8;
  private static final int SECOND_ORDER = 16;

  /** All bits. */
  static final int ALL = 31;

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private String words = "";

  private Question() {}

  static Question of(Formula formula, Given given, Growth growth) {
    Question question = new Question();
    question.ask(formula, given, growth);
    return question;
  }

  private void ask(Formula formula, Given given, Growth growth) {
    int asked = formula.asked();
    Tensor last = growth.last();
    Tensor other = growth.any(Luck.of(formula.seed(), -4));
    int form = Luck.of(formula.seed(), -5).nextInt(5);
    Tensor value = value(form, growth.name(last), last);
    if ((asked & SECOND_TERM) != 0) {
      value = value.plus(other.sigmoid().mean());
      words += " + mean of sigmoid " + growth.name(other);
    }
    add("value", value);
    if ((asked & GRADIENT) != 0) {
      Tensor gradient = Gradients.of(value, given.p());
      add("gradient", gradient);
      words += "; gradient p";
      if ((asked & SECOND_ORDER) != 0) {
        Tensor again = gradient.square().sum().plus(gradient.sum());
        add("second gradient", Gradients.of(again, given.p()));
        words += "; gradient p of the gradient's sum of x² + x";
      }
    }
    if ((asked & OUTPUT) != 0) {
      add("output", other);
      words += "; output " + growth.name(other);
    }
    if ((asked & MORE_GRADIENTS) != 0) {
      List<Tensor> more = List.of(given.t(), given.w(), growth.parameter());
      Gradients.of(value, more).forEach(gradient -> add("gradient", gradient));
      words += "; gradients t, w, parameter";
    }
  }

  private Tensor value(int form, String name, Tensor x) {
    words =
        List.of("mean of square ", "mean of square ", "sum of ", "mean of tanh ", "mean of ")
                .get(form)
            + name;
    return switch (form) {
      case 0, 1 -> x.square().mean();
      case 2 -> x.sum();
      case 3 -> x.tanh().mean();
      default -> x.mean();
    };
  }

  private void add(String name, Tensor tensor) {
    tensors.add(tensor);
    names.add(name);
  }

  List<Tensor> tensors() {
    return tensors;
  }

  /** Returns for each tensor what it is: a kind of error is called after it. */
  List<String> names() {
    return names;
  }

  String words() {
    return words;
  }
}
