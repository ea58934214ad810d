package io.lossmith.core.engine.cpu.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lossmith.core.op.WholeArrayOp;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel against the formula of its operation. */
class WholeArrayKernelsTests {
  private static List<ThreadTeam> teams;

  @BeforeAll
  static void startTeams() {
    teams = List.of(ThreadTeam.of(1), ThreadTeam.of(2), ThreadTeam.of(7));
  }

  @AfterAll
  static void stopTeams() {
    teams.forEach(ThreadTeam::close);
  }

  static Stream<WholeArrayCase> cases() {
    return WholeArrayCase.all().stream();
  }

  @Test
  void everyOperationHasCases() {
    Set<Class<?>> tested =
        WholeArrayCase.all().stream().map(c -> c.op().getClass()).collect(Collectors.toSet());
    assertThat(tested).containsExactlyInAnyOrder(WholeArrayOp.class.getPermittedSubclasses());
  }

  /** Runs each kernel twice, on data of its own each time: nothing may stay behind. */
  @ParameterizedTest
  @MethodSource("cases")
  void bothKindsOfLoopsComputeTheFormula(WholeArrayCase tested) {
    WholeArrayKernel plain = tested.kernel(false);
    WholeArrayKernel simd = tested.kernel(true);
    for (int seed = 0; seed < 2; seed++) {
      float[][] operands = tested.operands(seed);
      double[] expected = tested.expected(operands);
      double tolerance = 2e-6 * (1 + Arrays.stream(expected).map(Math::abs).max().orElse(0));
      isClose(tested.run(plain, operands, teams.get(seed)), expected, tolerance);
      isClose(tested.run(simd, operands, teams.get(seed)), expected, tolerance);
    }
  }

  private static void isClose(float[] result, double[] expected, double tolerance) {
    for (int i = 0; i < result.length; i++) {
      if (!(Math.abs(result[i] - expected[i]) <= tolerance)) {
        assertThat((double) result[i]).as("element %d", i).isEqualTo(expected[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anyNumberOfThreadsGivesTheSameBits(WholeArrayCase tested) {
    for (boolean simd : new boolean[] {false, true}) {
      float[][] operands = tested.operands(42);
      float[] alone = tested.run(tested.kernel(simd), operands, teams.get(0));
      for (ThreadTeam team : teams) {
        assertThat(tested.run(tested.kernel(simd), operands, team)).isEqualTo(alone);
      }
    }
  }

  /** With plain loops, because vectors are objects until the compiler has dissolved them. */
  @ParameterizedTest
  @MethodSource("cases")
  void nothingIsAllocatedOnceWarm(WholeArrayCase tested) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    WholeArrayKernel kernel = tested.kernel(false);
    float[][] operands = tested.operands(0);
    float[] result = new float[tested.result().count()];
    kernel.run(operands, result, LineKernel.ALONE);
    long before = threads.getCurrentThreadAllocatedBytes();
    kernel.run(operands, result, LineKernel.ALONE);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
  }
}
