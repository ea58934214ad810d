package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpTableTests {
  static List<OpRow> rows() {
    return OpTable.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void valuesAndSlopesAreAsStated(OpRow row) {
    for (OpRow.Point point : row.points) {
      List<Tensor> arguments =
          Arrays.stream(point.arguments())
              .mapToObj(x -> Tensor.of(new float[] {(float) x}))
              .toList();
      List<Tensor> scalars =
          arguments.stream().map(x -> Tensor.of(x.toArray(), new int[0])).toList();
      Tensor value = row.f.apply(scalars);
      List<Tensor> slopes = Gradients.of(value, scalars);
      assertClose(row + Arrays.toString(point.arguments()), value.item(), point.value());
      for (int i = 0; i < point.slopes().length; i++) {
        String what = row + " slope " + i + " at " + Arrays.toString(point.arguments());
        assertClose(what, slopes.get(i).item(), point.slopes()[i]);
      }
    }
  }

  private static void assertClose(String what, float is, double must) {
    if (Double.isFinite(must)) {
      double allowed = 1e-6 * Math.max(Math.abs(must), 1e-7);
      assertThat((double) is).as(what).isCloseTo(must, Offset.offset(Math.max(allowed, 1e-7)));
    } else {
      assertThat((Object) is).as(what).isEqualTo((float) must);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientsAreThoseOfFiniteDifferences(OpRow row) {
    for (int[][] shapes : row.shapes) {
      Tensor[] at = at(row, shapes);
      GradientCheck check = GradientCheck.of(a -> weighted(row.f.apply(a))).withEveryElement();
      check.first(at);
      check.withTolerance(1e-4).second(at);
    }
  }

  /** Gives each element of a result a weight of its own. */
  private static Tensor weighted(Tensor x) {
    return x.flatten(0).times(Tensor.iota(x.shape().count()).times(0.3).plus(0.5)).sum();
  }

  private static Tensor[] at(OpRow row, int[][] shapes) {
    Random random = new Random(row.name.hashCode());
    return Arrays.stream(shapes)
        .map(
            sizes -> {
              float[] values = new float[Shape.of(sizes).count()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (row.low + random.nextDouble() * (row.high - row.low));
              }
              return Tensor.wrap(values, sizes);
            })
        .toArray(Tensor[]::new);
  }

  @Test
  void everyOperationHasItsRow() {
    Set<Object> missing = OperationKinds.all();
    for (OpRow row : OpTable.rows()) {
      int[][] shapes = row.shapes.get(0);
      List<Shape> inputs = Arrays.stream(shapes).map(Shape::of).toList();
      missing.removeAll(OperationKinds.in(Trace.of(inputs, a -> List.of(row.f.apply(a))).graph()));
    }
    assertThat(missing).isEmpty();
  }
}
