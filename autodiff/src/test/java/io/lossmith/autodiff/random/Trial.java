package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Traced;
import io.lossmith.core.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A formula made ready to be run by engines, and what the reference says it is. */
final class Trial {
  private final Formula formula;
  private final Graph graph;
  private final float[][] inputs;
  private final List<String> names;
  private final List<String> words;
  private final Judge judge;

  private Trial(
      Formula formula, Traced traced, float[][] inputs, List<String> names, List<String> words) {
    this.formula = formula;
    this.graph = traced.graph();
    this.inputs = inputs;
    this.names = names;
    this.words = words;
    judge = new Judge(graph, inputs, names);
  }

  static Trial of(Formula formula) {
    List<String> names = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Traced traced =
        Traced.of(
            Inputs.shapes(formula),
            tensors -> {
              Given given = Given.of(tensors);
              Growth growth = Growth.of(formula, given);
              Question question = Question.of(formula, given, growth);
              names.addAll(question.names());
              words.addAll(growth.words());
              words.add(question.words());
              return question.tensors();
            });
    List<float[]> inputs = new ArrayList<>(List.of(Inputs.values(formula)));
    inputs.addAll(traced.data());
    return new Trial(formula, traced, inputs.toArray(float[][]::new), names, words);
  }

  Formula formula() {
    return formula;
  }

  Graph graph() {
    return graph;
  }

  float[][] inputs() {
    return inputs;
  }

  List<String> names() {
    return names;
  }

  /** Returns the formula, a line for each step. */
  List<String> words() {
    return words;
  }

  Judge judge() {
    return judge;
  }

  /** Makes arrays for the outputs, filled with what no result may keep. */
  float[][] outputs() {
    float[][] outputs = new float[graph.outputs().size()][];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new float[graph.outputs().get(i).shape().count()];
      Arrays.fill(outputs[i], 12345.678f);
    }
    return outputs;
  }
}
