package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import java.util.List;
import java.util.function.Function;

/**
 * What a function of tensors is once traced: a graph for any engine, without the memory of programs
 * that {@link Tracing} keeps.
 *
 * @param graph whose inputs are the function's and after them the data
 * @param data what was captured, parameters too
 */
public record Traced(Graph graph, List<float[]> data) {
  /** Looking for the line of each operation would take longer than all else here. */
  private static final StackTraceElement NOWHERE = new StackTraceElement("Traced", "of", null, -1);

  /** Traces a function for inputs of these shapes. */
  public static Traced of(List<Shape> inputs, Function<List<Tensor>, List<Tensor>> f) {
    LiftedGraph lifted = Trace.of(inputs, tensors -> Trace.at(NOWHERE, () -> f.apply(tensors)));
    return new Traced(lifted.graph(), List.of(lifted.data()));
  }
}
