package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.ThreadMXBean;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.CumulativeSum;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Memory, as it is said and as it is taken. */
class ExplanationTests {
  private static final int SIZE = 1 << 24;
  private static final Pattern AMOUNT =
      Pattern.compile("(\\d+) (B|kB|MB) (?:of temporary arrays|for tiles)");
  private static final Map<String, Long> UNITS = Map.of("B", 1L, "kB", 1000L, "MB", 1_000_000L);

  private final Node x = input(0, SIZE);

  private static void saysWhatIsTaken(Node output) {
    Graph graph = Graph.of(List.of(Shape.of(SIZE)), List.of(output));
    CpuProgram program =
        new CpuProgram(
            graph, new PlainKernels(), WorkerThreads.ofMachine(), Fusions.ALL, InRegisters.NEVER);
    long said =
        AMOUNT.matcher(program.explain()).results().mapToLong(ExplanationTests::bytes).sum();
    program.newCall(); // loads the classes
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    program.newCall();
    long taken = thread.getCurrentThreadAllocatedBytes() - before;
    assertThat(said).isCloseTo(taken, withinPercentage(5));
  }

  private static long bytes(MatchResult amount) {
    return Long.parseLong(amount.group(1)) * UNITS.get(amount.group(2));
  }

  @Test
  void partialSumsOfTilesAreCounted() {
    saysWhatIsTaken(total(mul(exp(x), x)));
  }

  @Test
  void arraysAreCounted() {
    saysWhatIsTaken(exp(of(new CumulativeSum(0, false, false), exp(x))));
  }
}
