package io.lossmith.core.engine.cpu.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.cpu.OpaqueKernel;
import io.lossmith.core.op.Opaque;
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
class OpaqueKernelsTests {
  private static List<ThreadTeam> teams;

  @BeforeAll
  static void startTeams() {
    teams = List.of(ThreadTeam.of(1), ThreadTeam.of(2), ThreadTeam.of(7));
  }

  @AfterAll
  static void stopTeams() {
    teams.forEach(ThreadTeam::close);
  }

  static Stream<OpaqueCase> cases() {
    return OpaqueCase.all().stream();
  }

  @Test
  void everyOpaqueOperationHasCases() {
    Set<Class<?>> tested =
        OpaqueCase.all().stream().map(c -> c.op().getClass()).collect(Collectors.toSet());
    assertThat(tested).containsExactlyInAnyOrder(Opaque.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plainLoopsComputeTheFormula(OpaqueCase tested) {
    computesTheFormula(tested, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void simdLoopsComputeTheFormula(OpaqueCase tested) {
    computesTheFormula(tested, true);
  }

  /** Runs one kernel three times, on data of its own each time: nothing may stay behind. */
  private static void computesTheFormula(OpaqueCase tested, boolean simd) {
    OpaqueKernel kernel = tested.kernel(simd);
    for (int i = 0; i < teams.size(); i++) {
      float[][] operands = tested.operands(i);
      double[] expected = tested.expected(operands);
      float[] result = tested.run(kernel, operands, teams.get(i));
      double tolerance = 2e-6 * (1 + Arrays.stream(expected).map(Math::abs).max().orElse(0));
      for (int j = 0; j < result.length; j++) {
        assertThat((double) result[j])
            .as("element %d", j)
            .isCloseTo(expected[j], org.assertj.core.data.Offset.offset(tolerance));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anyNumberOfThreadsGivesTheSameBits(OpaqueCase tested) {
    for (boolean simd : new boolean[] {false, true}) {
      float[][] operands = tested.operands(42);
      float[] alone = tested.run(tested.kernel(simd), operands, teams.get(0));
      for (ThreadTeam team : teams) {
        assertThat(tested.run(tested.kernel(simd), operands, team)).isEqualTo(alone);
      }
    }
  }
}
