package io.lossmith.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes, strides, axes and broadcasting, against counting by hand. */
class ShapeTests {
  private static final Shape IMAGES = Shape.of(8, 1, 512, 256);

  @Provide
  static Arbitrary<Shape> shapes() {
    return Arbitraries.integers().between(0, 4).list().ofMaxSize(5).map(ShapeTests::shape);
  }

  private static Shape shape(List<Integer> sizes) {
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Property
  void stridesLeadToEachElementOnce(@ForAll("shapes") Shape shape) {
    int[] strides = shape.strides();
    int[] places = new int[] {0};
    for (int axis = 0; axis < shape.rank(); axis++) {
      int along = axis;
      places =
          Arrays.stream(places)
              .flatMap(
                  place ->
                      IntStream.range(0, shape.get(along)).map(i -> place + i * strides[along]))
              .toArray();
    }
    assertThat(places).isEqualTo(IntStream.range(0, shape.count()).toArray());
  }

  @Property
  void anIndexLeadsBackToItsPlace(@ForAll("shapes") Shape shape) {
    int[] strides = shape.strides();
    for (int place = 0; place < shape.count(); place++) {
      String[] index = shape.index(place).replaceAll("[\\[\\] ]", "").split(",");
      int back = 0;
      for (int axis = 0; axis < shape.rank(); axis++) {
        int i = Integer.parseInt(index[axis]);
        assertThat(i).isLessThan(shape.get(axis));
        back += i * strides[axis];
      }
      assertThat(back).isEqualTo(place);
    }
  }

  /** Each size is the other's or 1; with 0 for an axis of none. */
  @Property
  void broadcastingTakesTheSizesThatAreNotOne(
      @ForAll("shapes") Shape a, @ForAll("shapes") Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    boolean fits = true;
    int[] want = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int left = axis < rank - a.rank() ? 1 : a.get(axis - rank + a.rank());
      int right = axis < rank - b.rank() ? 1 : b.get(axis - rank + b.rank());
      fits &= left == right || left == 1 || right == 1;
      want[axis] = left == 1 ? right : left;
    }
    if (fits) {
      assertThat(Shape.broadcast("plus", a, b)).isEqualTo(Shape.of(want));
      assertThat(Shape.broadcast("plus", b, a)).isEqualTo(Shape.of(want));
    } else {
      assertThatThrownBy(() -> Shape.broadcast("plus", a, b)).isInstanceOf(ShapeException.class);
    }
  }

  @Property
  void whatIsFoldedBroadcastsBack(@ForAll("shapes") Shape shape, @ForAll int seed) {
    Assume.that(shape.rank() > 0);
    int axis = Math.floorMod(seed, shape.rank());
    Shape folded = shape.folded(axis);
    assertThat(Shape.broadcast("minus", shape, folded)).isEqualTo(shape);
    assertThat(folded.without(axis)).isEqualTo(shape.without(axis));
    assertThat(folded.with(axis, shape.get(axis))).isEqualTo(shape).hasSameHashCodeAs(shape);
  }

  @Test
  void aScalarHasOneElementAndNoAxis() {
    assertThat(Shape.of()).isSameAs(Shape.SCALAR).hasToString("[]");
    assertThat(Shape.SCALAR.count()).isEqualTo(1);
    assertThat(Shape.SCALAR.strides()).isEmpty();
  }

  @Test
  void axesAreCountedFromEitherEnd() {
    assertThat(IMAGES.axis("sum", -1)).isEqualTo(3);
    assertThat(IMAGES.axes("sum", -1, 1)).containsExactly(1, 3);
    assertThat(IMAGES.axes("sum")).containsExactly(0, 1, 2, 3);
  }

  @Test
  void whatIsHandedInAndOutIsCopied() {
    int[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 7;
    shape.toArray()[1] = 7;
    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | sum: axis 4 of a tensor [8, 1, 512, 256] with 4 axes; use 0..3 or -4..-1",
        "-5 | sum: axis -5 of a tensor [8, 1, 512, 256] with 4 axes; use 0..3 or -4..-1",
      })
  void anAxisThatIsNotThereIsExplained(int axis, String message) {
    assertThatThrownBy(() -> IMAGES.axes("sum", axis))
        .isInstanceOf(ShapeException.class)
        .hasMessage(message);
  }

  @Test
  void otherMistakesAreExplained() {
    refuses("sum: axis 0 of a tensor [] with 0 axes; use none", () -> Shape.SCALAR.axis("sum", 0));
    refuses("sum: axis 1 stands twice in [1, -3]; give it once", () -> IMAGES.axes("sum", 1, -3));
    refuses("shape: [2, -1] has an axis below 0; each must be 0 or more", () -> Shape.of(2, -1));
    refuses(
        "shape: [65536, 32768] has more than 2147483631 elements, the most that fit in one array;"
            + " split the batch",
        () -> Shape.of(65536, 32768));
    int most = Integer.MAX_VALUE;
    refuses(
        "shape: [2147483647, 2147483647, 2147483647] has more than 2147483631 elements, the most"
            + " that fit in one array; split the batch",
        () -> Shape.of(most, most, most));
    assertThat(Shape.of(most, most, most, 0).count()).isZero();
    assertThat(IMAGES.get(-1)).isEqualTo(IMAGES.get(IMAGES.rank() - 1));
    refuses(
        "plus: shapes [2, 3] and [4, 3] do not go together; axis 0 differs (2, 4), sizes must be"
            + " equal or 1",
        () -> Shape.broadcast("plus", Shape.of(2, 3), Shape.of(4, 3)));
  }

  private static void refuses(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isExactlyInstanceOf(ShapeException.class).hasMessage(message);
  }
}
