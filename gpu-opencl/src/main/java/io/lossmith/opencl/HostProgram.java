package io.lossmith.opencl;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A program that a device could run, but not soon: the processor runs it, and it says why. */
final class HostProgram implements Program {
  /**
   * Drivers compile all passes of a kernel as one function, which takes them more than a minute
   * beyond.
   */
  static final int MOST_PASSES = 200;

  private static final Logger LOG = System.getLogger(HostProgram.class.getName());

  private final Program program;
  private final String reason;

  private HostProgram(Program program, String reason) {
    this.program = program;
    this.reason = reason;
  }

  static Program of(Graph graph, Engine host, Device device, int passes) {
    String reason =
        String.format(
            "opencl: the program has %d passes, more than %d, which would take the driver of %s"
                + " more than a minute to compile; it runs on the engine %s",
            passes, MOST_PASSES, device, host.name());
    LOG.log(Level.WARNING, reason);
    return new HostProgram(host.compile(graph), reason);
  }

  @Override
  public void run(float[][] inputs, float[][] outputs) {
    program.run(inputs, outputs);
  }

  @Override
  public String explain() {
    return reason + System.lineSeparator() + program.explain();
  }

  @Override
  public void close() {
    program.close();
  }
}
