package io.lossmith.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.MeanSquaredError;
import org.junit.jupiter.api.Test;

class TrafficTests {
  @Test
  void explanationsSayWhatARunMoves() {
    Shape shape = Shape.of(1, 1, 512, 512);
    try (Compiled compiled = MeanSquaredError.create().compile(InputShapes.of(shape, shape))) {
      long each = 4L * shape.count();
      assertThat(Traffic.of(compiled.explain())).isBetween(3 * each - 1000, 5 * each + 1000);
    }
  }

  @Test
  void unitsAreThousands() {
    assertThat(Traffic.of("9 operations in 1 steps, 31 kB moved in a run, 0 B")).isEqualTo(31_000);
  }

  @Test
  void silenceIsNothing() {
    assertThat(Traffic.of("one kernel")).isZero();
  }
}
