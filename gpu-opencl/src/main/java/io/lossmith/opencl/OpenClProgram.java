package io.lossmith.opencl;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.ArrayCall;
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Checks;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineProgram;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.kernel.KernelWriter;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Schedule.HostStep;
import io.lossmith.opencl.schedule.Schedule.Launch;
import io.lossmith.opencl.schedule.Schedule.Part;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A planned graph with its kernels. Callers take turns: a device computes one thing after the other
 * anyway.
 */
final class OpenClProgram implements EngineProgram {
  private final Graph graph;
  private final Plan plan;
  private final Executable executable;
  private final OpenClExplanation explanation;
  private final Map<HostStep, Program> hosts = new IdentityHashMap<>();

  /**
   * @param graph simplified
   * @param device runs the kernels
   * @param host computes what the device cannot
   * @throws io.lossmith.core.engine.EngineException if the device is too small, or its driver does
   *     not build the kernels
   */
  OpenClProgram(Graph graph, Plan plan, Device device, Engine host) {
    this.graph = graph;
    this.plan = plan;
    boolean loops = !device.sharesMemory();
    boolean writesOut = !loops && device.isHinderedByLoops();
    Target target = new Target(device.units(), loops, writesOut, KernelWriter::fits);
    Lowering lowering = new Lowering(graph, target);
    this.executable = Executable.of(plan, lowering, device);
    this.explanation = new OpenClExplanation(graph, device, executable, lowering);
    for (Part part : executable.schedule().parts()) {
      if (part instanceof HostStep step) {
        hosts.put(step, host.compile(alone(step.step())));
      }
    }
  }

  /** Returns the graph of one operation on inputs. */
  private static Graph alone(Step.WholeArray step) {
    List<Node> inputs = new ArrayList<>();
    for (Shape shape : step.shapes()) {
      inputs.add(Node.leaf(new Leaf.Input(inputs.size()), shape));
    }
    return Graph.of(step.shapes(), List.of(Node.of(step.op(), inputs, null)));
  }

  @Override
  public Call newCall() {
    return new ArrayCall(graph) {
      @Override
      protected void compute() {
        OpenClProgram.this.run(inputs, outputs);
      }
    };
  }

  private synchronized void run(float[][] inputs, float[][] outputs) {
    ProgramArrays arrays = executable.arrays();
    boolean broken = false;
    arrays.begin(inputs, outputs);
    try {
      for (Part part : executable.schedule().parts()) {
        if (part instanceof HostStep host) {
          run(host);
        } else {
          executable.run((Launch) part);
        }
      }
      for (Buffer check : plan.checks()) {
        broken |= arrays.array(check)[0] != 0;
      }
    } finally {
      arrays.end();
    }
    if (broken) {
      Checks.report(graph, inputs);
    }
  }

  private void run(HostStep host) {
    ProgramArrays arrays = executable.arrays();
    Step.WholeArray step = host.step();
    float[][] operands = step.operands().stream().map(arrays::array).toArray(float[][]::new);
    hosts.get(host).run(operands, new float[][] {arrays.array(step.result())});
    arrays.send(step.result());
  }

  @Override
  public String explain() {
    return explanation.text();
  }

  @Override
  public synchronized void close() {
    executable.close();
    hosts.values().forEach(Program::close);
  }
}
