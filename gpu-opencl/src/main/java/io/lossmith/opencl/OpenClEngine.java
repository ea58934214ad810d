package io.lossmith.opencl;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Devices;
import io.lossmith.opencl.device.SignalHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs graphs on a device of OpenCL, through Aparapi: all that is elementwise, a fold or a move
 * becomes one kernel, or a few where it has very many passes, which keep what they compute on the
 * device; operations on whole arrays (convolution, sorting …) run on the CPU engine between them.
 * Two runs on one device give the same bits.
 *
 * <p>Without a detail it takes the device that {@code -Dlossmith.opencl.device} names, else the
 * graphics processor with the largest memory; {@code opencl:1} and {@code opencl:NAME} take a
 * device by its number or a part of its name.
 *
 * <p>Aparapi keeps the arrays of a program's last run until the next one or {@code close()}.
 */
public final class OpenClEngine implements Engine {
  private final @Nullable Device chosen;
  private final int threads;

  /** Creates the engine of the default device; {@link java.util.ServiceLoader} does. */
  public OpenClEngine() {
    this(null, 0);
  }

  /**
   * @param chosen the device, or null for the default one
   * @param threads of the processor, for what the device cannot do; 0 for all
   */
  OpenClEngine(@Nullable Device chosen, int threads) {
    this.chosen = chosen;
    this.threads = threads;
  }

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public String description() {
    Devices devices = Devices.here();
    return devices.all().isEmpty()
        ? "no device: " + devices.missing()
        : device().name() + ", " + device().driver();
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    for (Device device : Devices.here().all()) {
      details.put(Integer.toString(device.index()), device.description());
    }
    return details;
  }

  @Override
  public List<String> remarks() {
    Devices devices = Devices.here();
    List<String> remarks = new ArrayList<>();
    if (!devices.all().isEmpty() && SignalHandlers.matter()) {
      remarks.add(SignalHandlers.remark());
    }
    if (!devices.idle().advice().isEmpty()) {
      remarks.add(devices.idle().advice());
    }
    return remarks;
  }

  @Override
  public Engine withDetail(String detail) {
    Objects.requireNonNull(detail, "detail");
    return new OpenClEngine(Devices.here().named(detail), threads);
  }

  @Override
  public Engine withThreads(int threads) {
    Engine.super.withThreads(threads);
    return new OpenClEngine(chosen, threads);
  }

  @Override
  public Program compile(Graph graph) {
    Engine cpu = Engines.byName("cpu");
    Engine host = threads == 0 ? cpu : cpu.withThreads(threads);
    Device device = device();
    Graph simple = Simplifier.simplify(graph);
    Plan plan = Planner.plan(simple, PlanLimits.ofRegisters());
    return new Program(name(), graph, new OpenClProgram(simple, plan, device, host));
  }

  private Device device() {
    return chosen == null ? Devices.here().preferred() : chosen;
  }

  /** Programs may be shared by engines of one device. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenClEngine engine
        && threads == engine.threads
        && (chosen == null ? engine.chosen == null : chosen.equals(engine.chosen));
  }

  @Override
  public int hashCode() {
    return 31 * threads + (chosen == null ? 0 : chosen.hashCode());
  }
}
