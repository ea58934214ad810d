package io.lossmith.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Nodes;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Moves written as strides lead to the elements that the reference engine moves there. */
class ViewTests {
  private static final int MOST = 600;

  /** The view of a whole array in which each element is its own place. */
  private static View whole(int... sizes) {
    return View.of(new Buffer(0, Buffer.Kind.INPUT, 0, Shape.of(sizes), null, null));
  }

  /** Returns the places that a view goes through. */
  private static int[] places(View view) {
    int[] places = {view.offset()};
    for (int axis = 0; axis < view.shape().rank(); axis++) {
      int size = view.shape().get(axis);
      int stride = view.strides()[axis];
      places =
          Arrays.stream(places)
              .flatMap(place -> IntStream.range(0, size).map(i -> place + i * stride))
              .toArray();
    }
    return places;
  }

  /** Moves an array in which these places stand. */
  private static int[] moved(int[] places, Shape shape, Move move) {
    Node given = Node.leaf(new Leaf.Input(0), shape);
    Graph graph = Graph.of(List.of(shape), List.of(Nodes.of(move, given)));
    double[] numbers = Arrays.stream(places).asDoubleStream().toArray();
    double[] result = ReferenceEngine.evaluate(graph, new double[][] {numbers})[0];
    return Arrays.stream(result).mapToInt(number -> (int) number).toArray();
  }

  @Property(tries = 2000)
  void movesLeadToTheElementsThatAreMoved(
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 4) Integer> sizes,
      @ForAll @Size(max = 6) List<Integer> seeds) {
    View view = whole(sizes.stream().mapToInt(Integer::intValue).toArray());
    for (int seed : seeds) {
      Move move = move(view.shape(), new Random(seed));
      int[] want = moved(places(view), view.shape(), move);
      View next = view.moved(move);
      if (next == null) {
        Shape to = ((Move.Reshape) move).shape();
        assertThat(strides(want, to)).as("%s of %s to %s", move, view, to).isNull();
        return;
      }
      assertThat(places(next)).as("%s of %s", move, view).isEqualTo(want);
      view = next;
    }
  }

  /** Returns the strides that lead through places under a shape, or null if there are none. */
  private static int @Nullable [] strides(int[] places, Shape shape) {
    int[] dense = shape.strides();
    int[] strides = new int[shape.rank()];
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = shape.get(axis) == 1 ? 0 : places[dense[axis]] - places[0];
    }
    Buffer buffer = new Buffer(0, Buffer.Kind.INPUT, 0, shape, null, null);
    return Arrays.equals(places(new View(buffer, places[0], shape, strides)), places)
        ? strides
        : null;
  }

  private static Move move(Shape shape, Random random) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
    switch (random.nextInt(5)) {
      case 0:
        Collections.shuffle(axes, random);
        return new Move.Permute(axes);
      case 1:
        axes.removeIf(axis -> random.nextBoolean());
        return new Move.Flip(axes);
      case 2:
        int[] sizes = shape.toArray();
        Arrays.setAll(sizes, axis -> 1 + random.nextInt(sizes[axis]));
        List<Integer> starts =
            axes.stream().map(axis -> random.nextInt(shape.get(axis) - sizes[axis] + 1)).toList();
        return new Move.Slice(starts, Shape.of(sizes));
      case 3:
        return new Move.Broadcast(repeated(shape, random));
      default:
        return new Move.Reshape(split(shape.count(), random));
    }
  }

  private static Shape repeated(Shape shape, Random random) {
    int added = shape.rank() < 5 ? random.nextInt(2) : 0;
    int times = shape.count() < MOST ? 1 + random.nextInt(3) : 1;
    int[] sizes = new int[added + shape.rank()];
    Arrays.setAll(sizes, axis -> axis < added ? 1 : shape.get(axis - added));
    int[] ones = IntStream.range(0, sizes.length).filter(axis -> sizes[axis] == 1).toArray();
    if (ones.length > 0) {
      sizes[ones[random.nextInt(ones.length)]] = times;
    }
    return Shape.of(sizes);
  }

  /** Returns a shape with so many elements. */
  private static Shape split(int count, Random random) {
    List<Integer> sizes = new ArrayList<>();
    int rest = count;
    for (int factor = 2; rest > 1; ) {
      if (rest % factor != 0) {
        factor++;
      } else if (!sizes.isEmpty() && random.nextBoolean()) {
        sizes.set(0, sizes.get(0) * factor);
        rest /= factor;
      } else {
        sizes.add(random.nextInt(sizes.size() + 1), factor);
        rest /= factor;
      }
    }
    sizes.add(random.nextInt(sizes.size() + 1), 1);
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void aReshapeMayCutAnAxisThatIsWalkedBackwards() {
    View view = whole(2, 6).moved(new Move.Flip(List.of(1)));
    View cut = view.moved(new Move.Reshape(Shape.of(2, 3, 2)));
    assertThat(cut.offset()).isEqualTo(5);
    assertThat(cut.strides()).containsExactly(6, -2, -1);
  }

  @Test
  void aReshapeAcrossAPermutationNeedsACopy() {
    View turned = whole(2, 3).moved(new Move.Permute(List.of(1, 0)));
    assertThat(turned.moved(new Move.Reshape(Shape.of(6)))).isNull();
    assertThat(turned.moved(new Move.Reshape(Shape.of(3, 1, 2)))).isNotNull();
  }

  @Test
  void whatIsRepeatedHasNoStep() {
    View view = whole(3).moved(new Move.Broadcast(Shape.of(2, 3)));
    assertThat(view.strides()).containsExactly(0, 1);
    assertThat(view.isWhole()).isFalse();
    assertThat(view.moved(new Move.Reshape(Shape.of(6)))).isNull();
  }

  @Test
  void aViewThatIsOnlyShapedAnewIsWhole() {
    View view = whole(2, 3, 4);
    assertThat(view.isWhole()).isTrue();
    assertThat(view.moved(new Move.Reshape(Shape.of(6, 1, 4))).isWhole()).isTrue();
    assertThat(view.moved(new Move.Flip(List.of(0))).isWhole()).isFalse();
    assertThat(view.moved(new Move.Permute(List.of(0, 2, 1))).isWhole()).isFalse();
    assertThat(view.part(List.of(0, 0, 0), Shape.of(1, 3, 4)).isWhole()).isFalse();
  }

  @Test
  void nothingIsReshapedToNothing() {
    View view = whole(0, 3).moved(new Move.Reshape(Shape.of(2, 0, 5)));
    assertThat(places(view)).isEmpty();
  }

  @Test
  void paddingIsNoWayOfWalking() {
    assertThat(whole(3).moved(new Move.Pad(List.of(1), List.of(0)))).isNull();
    assertThat(whole(3).moved(new Move.Concat(0))).isNull();
  }
}
