package io.lossmith.core.engine.cpu.tile;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.LoopAxes;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How tiles lie on the axes of a loop. */
class LayoutTests {
  private static final int TILE = 4096;
  private static final int STRETCH = 1024;

  private static Step.Loop loop(Node output, Shape... inputs) {
    List<Step> steps =
        Planner.plan(Graph.of(List.of(inputs), List.of(output)), PlanLimits.ofTiles()).steps();
    return (Step.Loop) steps.get(steps.size() - 1);
  }

  private static Layout layout(Step.Loop loop) {
    return new Layout(loop, LoopAxes.of(loop, 64), TILE, STRETCH, 2 * STRETCH);
  }

  /** Classes are folded at each pixel. */
  private static Step.Loop softmaxLike(int n, int classes, int pixels) {
    Node x = input(0, n, classes, pixels);
    return loop(exp(sub(x, max(x, 1))), Shape.of(n, classes, pixels));
  }

  @Test
  void whatFoldsNothingIsCutIntoStretches() {
    Layout layout = layout(loop(exp(input(0, 10, 5000)), Shape.of(10, 5000)));
    assertThat(layout.rows()).isEqualTo(1);
    assertThat(layout.column()).isEqualTo(50000);
    assertThat(layout.chunk()).isEqualTo(STRETCH);
    assertThat(layout.outerSizes()).isEmpty();
  }

  @Test
  void aFoldedAxisIsHeldAsRows() {
    Step.Loop loop = softmaxLike(3, 8, 5000);
    Layout layout = layout(loop);
    assertThat(layout.rows()).isEqualTo(8);
    assertThat(layout.column()).isEqualTo(5000);
    assertThat(layout.chunk()).isEqualTo(TILE / 8);
    assertThat(layout.outerSizes()).containsExactly(3);
    int[] strides = loop.roots().get(0).destination().strides();
    assertThat(layout.rowOffsets(strides))
        .containsExactly(0, 5000, 10000, 15000, 20000, 25000, 30000, 35000);
    assertThat(layout.outer(strides)).containsExactly(40000);
    assertThat(layout.step(strides)).isEqualTo(1);
    assertThat(layout.isSpread(strides)).isTrue();
  }

  @Test
  void aRegisterHasRoomForWhatVaries() {
    Step.Loop loop = softmaxLike(3, 8, 5000);
    Layout layout = layout(loop);
    LoopValue exponential = loop.roots().get(0).value();
    LoopValue difference = exponential.operands().get(0);
    LoopValue largest = difference.operands().get(1);
    assertThat(layout.size(exponential)).isEqualTo(8 * layout.chunk());
    assertThat(layout.size(largest)).isEqualTo(layout.chunk());
    assertThat(layout.hasRows(exponential)).isTrue();
    assertThat(layout.hasRows(largest)).isFalse();
    assertThat(layout.onColumn(largest)).isTrue();
  }

  @Test
  void fewPixelsMakeAShortTile() {
    assertThat(layout(softmaxLike(3, 8, 7)).chunk()).isLessThanOrEqualTo(7);
    assertThat(layout(softmaxLike(3, 300, 5000)).chunk()).isEqualTo(16);
  }

  /** What {@link TileCompiler} makes of a softmax over so many pixels. */
  private static TileProgram compiled(int pixels, int lanes) {
    return TileCompiler.compile(softmaxLike(3, 8, pixels), List.of(), lanes);
  }

  @Test
  void longRowsAreCutBeforeWholeLines() {
    TileProgram program = compiled(65536, 16);
    int chunk = program.chunk();
    assertThat(program.tiles()).isEqualTo(3 * 65536 / chunk);
    assertThat(program.start(0)).isZero();
    assertThat(program.start(1)).isEqualTo(chunk - 4);
    assertThat(program.start(program.chunks() - 1)).isEqualTo(65536 - chunk - 4);
    assertThat(program.scratchSize()).isGreaterThanOrEqualTo(8 * (chunk + 4));
  }

  @Test
  void othersAreCutEvenly() {
    assertThat(compiled(65536, 1).lead()).isZero(); // the compiler makes the vectors
    assertThat(compiled(65530, 16).lead()).isZero(); // rows begin anywhere on a line
    assertThat(compiled(4096, 16).lead()).isZero(); // the ends would cost more
  }

  @Test
  void whatIsWalkedAcrossGoesInSteps() {
    Node x = input(0, 40, 50);
    Step.Loop loop =
        loop(mul(x, permute(input(1, 50, 40), 1, 0)), Shape.of(40, 50), Shape.of(50, 40));
    Layout layout = layout(loop);
    List<Integer> steps =
        loop.roots().get(0).value().operands().stream()
            .map(value -> layout.step(value.load().strides()))
            .toList();
    assertThat(steps).containsExactlyInAnyOrder(1, steps.contains(50) ? 50 : 40);
  }

  @Test
  void aFoldOverAllHasNoOuterPlace() {
    Step.Loop loop = loop(sum(input(0, 40, 50)), Shape.of(40, 50));
    Layout layout = layout(loop);
    LoopOutput root = loop.roots().get(0);
    assertThat(layout.outerSizes()).isEmpty();
    assertThat(layout.keepsRows(root)).isFalse();
    assertThat(layout.foldsRows(root)).isFalse();
  }

  @Property
  void rowsAreEvenWhereEachIsAsFarFromTheNext(
      @ForAll @IntRange(min = -9, max = 9) int step, @ForAll @IntRange(min = 1, max = 9) int rows) {
    int[] offsets = new int[rows];
    for (int row = 0; row < rows; row++) {
      offsets[row] = row * step;
    }
    assertThat(Layout.evenStep(offsets)).isEqualTo(rows == 1 ? 0 : step);
  }

  @Property
  void otherRowsAreUneven(
      @ForAll @Size(min = 3, max = 6) List<@IntRange(min = 0, max = 9) Integer> places) {
    int[] offsets = places.stream().mapToInt(place -> place - places.get(0)).toArray();
    boolean isEven = true;
    for (int row = 2; row < offsets.length; row++) {
      isEven &= offsets[row] - offsets[row - 1] == offsets[1];
    }
    assertThat(Layout.evenStep(offsets)).isEqualTo(isEven ? offsets[1] : Layout.UNEVEN);
  }
}
