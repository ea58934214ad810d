package io.lossmith.autodiff;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.KeptInputs;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.reference.Anomaly;
import io.lossmith.core.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Map;

/** A program with inputs that are always the same arrays; parameters follow those of the caller. */
final class KeptProgram implements Program {
  private final Program program;
  private final JoinedInputs joined;
  private final int inputs;

  private KeptProgram(Program program, float[][] parameters, int inputs) {
    this.program = program;
    this.joined = new JoinedInputs(parameters);
    this.inputs = inputs;
  }

  static Program of(Engine engine, Lifted lifted, Map<Integer, float[]> kept) {
    Map<Integer, float[]> all = new LinkedHashMap<>(kept);
    all.putAll(lifted.constants());
    Graph graph = KeptInputs.bind(engine, lifted.graph(), all);
    float[][] parameters = lifted.parameters();
    return new KeptProgram(
        Anomaly.watched(graph, engine.compile(graph)),
        parameters,
        graph.inputs().size() - parameters.length);
  }

  @Override
  public void run(float[][] given, float[][] outputs) {
    if (given.length != inputs) {
      throw new IllegalArgumentException("program: " + given.length + " inputs, must be " + inputs);
    }
    joined.run(program, given, outputs);
  }

  @Override
  public String explain() {
    return program.explain();
  }

  @Override
  public void close() {
    program.close();
  }
}
