package io.lossmith.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How shapes fit onto the axes of a loop, against trying all ways. */
class IterationSpaceTests {
  /** Makes a space of sizes, those below 0 inner. */
  private static IterationSpace space(List<Integer> sizes) {
    IterationSpace space = new IterationSpace();
    sizes.forEach(size -> space.add(Math.abs(size), size < 0));
    return space;
  }

  private static IterationSpace space(Integer... sizes) {
    return space(List.of(sizes));
  }

  @Test
  void axesOfOnePlaceNeedNoAxis() {
    int[] map = new int[4];
    IterationSpace space = IterationSpace.of(Shape.of(2, 1, 3, 1), map);
    assertThat(space.sizes(false)).containsExactly(2, 3);
    assertThat(map).containsExactly(0, -1, 1, -1);
  }

  @Test
  void aShapeOfAnotherRankMayUseTheSameAxes() {
    assertThat(space(2, 3).place(Shape.of(2, 1, 3))).containsExactly(0, -1, 1);
    assertThat(space(2, 3).place(Shape.of(3, 2))).isNull();
    assertThat(space(2, 3).place(Shape.of(2))).isNull();
  }

  @Test
  void aRootRunsOverAllInnerAxesOrOverNone() {
    IterationSpace space = space(2, -4, -5);
    assertThat(space.place(Shape.of(2))).containsExactly(0);
    assertThat(space.place(Shape.of(2, 4, 5))).containsExactly(0, 1, 2);
    assertThat(space.place(Shape.of(5, 2, 4))).containsExactly(2, 0, 1);
    assertThat(space.place(Shape.of(2, 4))).isNull();
  }

  /** The first axis takes the inner one, and must give it back. */
  @Test
  void anAxisIsTriedInMoreThanOnePlace() {
    assertThat(space(-4, 4, 5).place(Shape.of(4, 4, 5))).containsExactly(0, 1, 2);
    assertThat(space(-4, 4, 5).place(Shape.of(4, 5))).containsExactly(1, 2);
  }

  /** As many samples as classes: what is folded within a place stays the classes. */
  @Test
  void amongAxesOfOneSizeTheOrderTells() {
    assertThat(space(3, -3, 5).place(Shape.of(3, 3, 5))).containsExactly(0, 1, 2);
    assertThat(space(4, 5, -4).place(Shape.of(4, 4, 5))).containsExactly(0, 2, 1);
  }

  @Test
  void anAxisMayBecomeInner() {
    IterationSpace space = space(2, 3);
    assertThat(space.hasInner()).isFalse();
    space.makeInner(1);
    assertThat(space.hasInner()).isTrue();
    assertThat(space.sizes(true)).containsExactly(3);
    assertThat(space.sizes(false)).containsExactly(2);
  }

  @Property(tries = 2000)
  void aShapeIsPlacedWhereverThereIsAWay(
      @ForAll @Size(max = 4) List<@IntRange(min = 2, max = 3) Integer> sizes,
      @ForAll @Size(value = 4) List<Boolean> inner,
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 3) Integer> wanted) {
    List<Integer> signed = new ArrayList<>(sizes);
    for (int axis = 0; axis < signed.size(); axis++) {
      signed.set(axis, inner.get(axis) ? -sizes.get(axis) : sizes.get(axis));
    }
    IterationSpace space = space(signed);
    Shape shape = Shape.of(wanted.stream().mapToInt(Integer::intValue).toArray());
    int[] placed = space.place(shape);
    if (placed == null) {
      assertThat(anyWay(space, shape)).as("%s onto %s", shape, signed).isNull();
    } else {
      assertThat(fits(space, shape, placed)).as("%s onto %s", shape, signed).isTrue();
    }
  }

  private static int @Nullable [] anyWay(IterationSpace space, Shape shape) {
    return anyWay(new int[shape.rank()], 0, space.rank(), map -> fits(space, shape, map));
  }

  private static int @Nullable [] anyWay(int[] map, int at, int rank, Predicate<int[]> fits) {
    if (at == map.length) {
      return fits.test(map) ? map : null;
    }
    for (int axis = -1; axis < rank; axis++) {
      map[at] = axis;
      if (anyWay(map, at + 1, rank, fits) != null) {
        return map;
      }
    }
    return null;
  }

  /** What the contract says, axis by axis. */
  private static boolean fits(IterationSpace space, Shape shape, int[] map) {
    int[] outer = Arrays.stream(map).filter(a -> a >= 0 && !space.isInner(a)).toArray();
    int[] inner = Arrays.stream(map).filter(a -> a >= 0 && space.isInner(a)).toArray();
    for (int axis = 0; axis < map.length; axis++) {
      if (map[axis] < 0 ? shape.get(axis) != 1 : shape.get(axis) != space.size(map[axis])) {
        return false;
      }
    }
    boolean isOrdered = Arrays.equals(outer, Arrays.stream(outer).sorted().distinct().toArray());
    return isOrdered
        && outer.length == space.sizes(false).size()
        && Arrays.stream(inner).distinct().count() == inner.length
        && (inner.length == 0 || inner.length == space.sizes(true).size());
  }
}
