package io.lossmith.opencl.nest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.opencl.nest.Nest.Role;
import org.junit.jupiter.api.Test;

class NestSpaceTests {
  private static NestSpace space(int column, int... sizes) {
    return new NestSpace(sizes, new boolean[sizes.length], column);
  }

  private static boolean[] axes(int rank, int... some) {
    boolean[] axes = new boolean[rank];
    for (int axis : some) {
      axes[axis] = true;
    }
    return axes;
  }

  @Test
  void aLongColumnFillsAWorkGroupAlone() {
    assertThat(space(1, 8, 1000).lanes(axes(2, 0, 1))).containsExactly(1);
    assertThat(space(0, 1000, 8).lanes(axes(2, 0, 1))).containsExactly(0);
  }

  @Test
  void aShortColumnIsJoinedByFurtherAxesUntilTheGroupIsFull() {
    assertThat(space(2, 9, 3, 100).lanes(axes(3, 0, 1, 2))).containsExactly(2, 1);
    assertThat(space(1, 9, 100, 1).lanes(axes(3, 0, 1, 2))).containsExactly(1, 0);
  }

  @Test
  void onlyCandidatesAreLanes() {
    assertThat(space(1, 500, 40).lanes(axes(2, 0))).containsExactly(0);
    assertThat(space(1, 500, 40).lanes(axes(2))).isEmpty();
  }

  @Test
  void neighboursAlongTheColumnLieSideBySide() {
    assertThat(space(2, 2, 3, 5).dense(axes(3, 0, 1, 2))).containsExactly(15, 5, 1);
    assertThat(space(1, 2, 3, 5).dense(axes(3, 0, 1, 2))).containsExactly(15, 1, 3);
    assertThat(space(1, 2, 3, 5).dense(axes(3, 0, 2))).containsExactly(5, 0, 1);
  }

  @Test
  void anUnrolledAxisIsNothingElse() {
    NestSpace space = space(2, 4, 3, 500).unrolling(axes(3, 0));
    assertThat(space.roles(new int[] {2}, axes(3, 0, 1), Role.FOLDED))
        .containsExactly(Role.UNROLLED, Role.FOLDED, Role.LANE);
    assertThat(space.rest(axes(3, 1))).containsExactly(false, false, true);
  }

  @Test
  void axesThatAreNotKeptAreWalkedOnce() {
    NestSpace space = space(1, 6, 7, 8).only(axes(3, 0, 2));
    assertThat(space.sizes()).containsExactly(6, 1, 8);
    assertThat(space.product(axes(3, 0, 1))).isEqualTo(6);
  }
}
