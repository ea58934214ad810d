package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArgMaxTests {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private static Tensor vector(float... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void theFirstOfThoseThatTieIsTaken() {
    assertThat(vector(1, 3, 2, 3).argMax(0).item()).isEqualTo(1);
    assertThat(vector(3, 1, 2, 1).argMin(0).item()).isEqualTo(1);
    assertThat(vector(-0f, 0).argMax(0).item()).isEqualTo(0);
    assertThat(vector(0, -0f).argMin(0).item()).isEqualTo(0);
    assertThat(vector(-INF, -INF).argMax(0).item()).isEqualTo(0);
    assertThat(vector(7).argMax(-1).item()).isEqualTo(0);
  }

  @Test
  void nanComesBeforeAll() {
    assertThat(vector(1, NAN, INF, NAN).argMax(0).item()).isEqualTo(1);
    assertThat(vector(1, -INF, NAN).argMin(0).item()).isEqualTo(2);
    assertThat(vector(NAN, NAN).argMax(0).item()).isEqualTo(0);
  }

  @Test
  void theAxisIsDropped() {
    Tensor x = Tensor.zeros(2, 5, 3);
    assertThat(x.argMax(1).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(x.argMin(-1).shape()).isEqualTo(Shape.of(2, 5));
  }

  @Test
  void itIsAConstantForGradients() {
    Tensor x = vector(1, 3, 2);
    assertThat(Gradients.of(x.argMax(0), x).toArray()).containsOnly(0);
    assertThat(Gradients.of(x.argMax(0).times(x), x).toArray()).containsOnly(1);
  }

  @Test
  void anAxisNeedsElements() {
    assertThatThrownBy(() -> Tensor.zeros(2, 0).argMax(1))
        .isInstanceOf(ShapeException.class)
        .hasMessage("argMax: axis 1 of a tensor [2, 0] has 0 elements; must have 1 to 16777216");
    assertThatThrownBy(() -> Tensor.full(0, (1 << 24) + 1).argMin(0))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> vector(1).argMax(1)).isInstanceOf(ShapeException.class);
  }

  @Property(tries = 60)
  void everyEngineFindsTheFirstOfTheGreatest(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int outer,
      @ForAll @IntRange(min = 1, max = 70) int length,
      @ForAll @IntRange(min = 1, max = 5) int inner) {
    Random random = new Random(seed);
    float[] values = new float[outer * length * inner];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(200) == 0 ? NAN : random.nextInt(1 + random.nextInt(50)) - 20;
    }
    for (Engine engine : List.of(Engines.defaultEngine(), new ReferenceEngine())) {
      float[][] out = new float[2][outer * inner];
      try (Program program =
          Tracing.compile(
              engine,
              List.of(Shape.of(outer, length, inner)),
              a -> List.of(a.get(0).argMax(1), a.get(0).argMin(1)))) {
        program.run(new float[][] {values}, out);
      }
      for (int line = 0; line < outer * inner; line++) {
        int start = line / inner * length * inner + line % inner;
        assertThat(out[0][line]).isEqualTo(first(values, start, length, inner, 1));
        assertThat(out[1][line]).isEqualTo(first(values, start, length, inner, -1));
      }
    }
  }

  private static int first(float[] values, int start, int length, int step, int sign) {
    int found = 0;
    for (int i = 1; i < length; i++) {
      float best = sign * values[start + found * step];
      float next = sign * values[start + i * step];
      if (next > best || (Float.isNaN(next) && !Float.isNaN(best))) {
        found = i;
      }
    }
    return found;
  }
}
