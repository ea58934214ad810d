package io.lossmith.opencl;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Arguments;
import io.lossmith.core.engine.Checks;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import io.lossmith.opencl.Schedule.Host;
import io.lossmith.opencl.Schedule.Part;
import io.lossmith.opencl.Schedule.Stretch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A planned graph with its kernel. Callers take turns: a device computes one thing after the other
 * anyway. Closing waits for the run that is under way.
 */
final class OpenClProgram implements Program {
  private final Graph graph;
  private final Plan plan;
  private final Schedule schedule;
  private final Explanation explanation;
  private final Class<? extends FusedKernel> type;
  private final DeviceKernel kernel;
  private final Binding binding;
  private final Map<Host, Program> hosts = new IdentityHashMap<>();
  private boolean closed;

  /**
   * @param graph simplified
   * @param lowering of the plan, by which {@code schedule} was made
   * @param host computes what the device cannot
   * @throws io.lossmith.core.engine.EngineException if the device is too small
   */
  OpenClProgram(
      Graph graph, Plan plan, Lowering lowering, Schedule schedule, Device device, Engine host) {
    this.graph = graph;
    this.plan = plan;
    this.schedule = schedule;
    Placement placement = Placement.of(plan, schedule, lowering);
    Limits.requireFits(device, placement, schedule);
    this.explanation = new Explanation(graph, device, schedule, placement, lowering);
    for (Part part : schedule.parts()) {
      if (part instanceof Host step) {
        hosts.put(step, host.compile(alone(step.step())));
      }
    }
    this.type = KernelClasses.acquire(schedule, placement, device);
    this.kernel = new DeviceKernel(type, device, placement);
    this.binding = new Binding(plan, lowering, schedule, placement, kernel, device);
  }

  /** Returns the graph of one operation on inputs. */
  private static Graph alone(Step.Whole step) {
    List<Node> inputs = new ArrayList<>();
    for (Shape shape : step.shapes()) {
      inputs.add(Node.leaf(new Leaf.Input(inputs.size()), shape));
    }
    return Graph.of(step.shapes(), List.of(Node.of(step.op(), inputs, null)));
  }

  @Override
  public synchronized void run(float[][] inputs, float[][] outputs) {
    if (closed) {
      throw new IllegalStateException("opencl: this program is closed; compile the graph again");
    }
    Arguments.require("opencl", graph, inputs, outputs);
    boolean broken = false;
    binding.begin(inputs, outputs);
    try {
      int pass = 0;
      for (Part part : schedule.parts()) {
        if (part instanceof Host host) {
          run(host);
        } else {
          pass = run((Stretch) part, pass);
        }
      }
      for (Buffer check : plan.checks()) {
        broken |= binding.array(check)[0] != 0;
      }
    } finally {
      binding.end();
    }
    if (broken) {
      Checks.report(graph, inputs);
    }
  }

  private int run(Stretch stretch, int pass) {
    int passes = stretch.passes().size();
    kernel.launch(pass, passes, Math.toIntExact(stretch.groups()));
    binding.fetch(stretch);
    return pass + passes;
  }

  private void run(Host host) {
    Step.Whole step = host.step();
    float[][] operands = step.operands().stream().map(binding::array).toArray(float[][]::new);
    hosts.get(host).run(operands, new float[][] {binding.array(step.result())});
    binding.send(step.result());
  }

  @Override
  public String explain() {
    return explanation.text();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      kernel.close();
      KernelClasses.release(type);
      hosts.values().forEach(Program::close);
    }
  }
}
