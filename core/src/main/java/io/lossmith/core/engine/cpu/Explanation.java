package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.engine.cpu.tile.WorkerScratch;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.ExchangePrinter;
import io.lossmith.core.plan.LoopPrinter;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes down in words what a program will do. */
final class Explanation {
  private final StringBuilder text = new StringBuilder();

  private final Plan plan;
  private final Memory memory;

  private Explanation(Plan plan, Memory memory) {
    this.plan = plan;
    this.memory = memory;
  }

  static String of(
      Graph graph,
      Plan plan,
      List<TileProgram> loops,
      Memory memory,
      Kernels kernels,
      ParallelFor team) {
    Explanation explanation = new Explanation(plan, memory);
    explanation.write(loops);
    String head =
        String.format(
            Locale.ROOT,
            "%d operations in %d steps, %s moved in a run, %s of temporary arrays, %s for tiles and"
                + " partial sums; %d threads, %s%n",
            graph.nodes().size(),
            plan.steps().size(),
            LoopPrinter.bytes(4 * plan.moved()),
            LoopPrinter.bytes(memory.bytes()),
            LoopPrinter.bytes(working(loops, kernels, team.size())),
            team.size(),
            kernels.lanes() > 1 ? "SIMD of " + kernels.lanes() + " floats" : "plain Java");
    return head + ExchangePrinter.of(plan.steps()) + explanation.text;
  }

  /** Returns the bytes that loops need beside arrays: a tile's registers, and partial results. */
  private static long working(List<TileProgram> loops, Kernels kernels, int threads) {
    long registers = WorkerScratch.floats(loops, kernels, threads);
    long partials = loops.stream().mapToLong(TileProgram::partials).sum();
    return 4 * registers + 8 * partials;
  }

  private void write(List<TileProgram> loops) {
    int next = 0;
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      text.append(String.format(Locale.ROOT, "step %d: ", i + 1));
      if (step instanceof Step.Loop loop) {
        loop(loop, loops.get(next++));
      } else if (step instanceof Step.WholeArray whole) {
        text.append(whole.op().label()).append(' ').append(whole.shapes());
        text.append(ExchangePrinter.of(whole));
        traffic(step);
      } else {
        text.append("clear");
        traffic(step);
      }
    }
  }

  private void loop(Step.Loop loop, TileProgram program) {
    text.append(
        String.format(
            Locale.ROOT,
            "fused pass of %d instructions over %s in %d tiles of %d x %d",
            program.length(),
            places(program),
            program.tiles(),
            program.rows(),
            program.chunk()));
    traffic(loop);
    text.append(LoopPrinter.of(loop));
  }

  private static String places(TileProgram program) {
    String outer =
        Arrays.stream(program.outer()).mapToObj(s -> s + " x ").collect(Collectors.joining());
    return outer
        + (program.rows() > 1 ? program.rows() + " rows x " : "")
        + program.column()
        + " places";
  }

  private void traffic(Step step) {
    text.append("; reads ").append(list(step.reads()));
    text.append("; writes ").append(list(step.writes())).append('\n');
  }

  private String list(List<Buffer> buffers) {
    return buffers.isEmpty()
        ? "nothing"
        : buffers.stream()
            .map(b -> b + " " + b.shape() + " (" + size(b) + ")")
            .collect(Collectors.joining(", "));
  }

  private String size(Buffer buffer) {
    int output = memory.outputOf()[buffer.id()];
    String lying = output < 0 ? "" : ", on " + plan.buffers().get(output);
    return LoopPrinter.bytes(4L * buffer.shape().count()) + lying;
  }
}
