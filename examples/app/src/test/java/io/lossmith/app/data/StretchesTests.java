package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StretchesTests {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 8", "3, 8", "8, 8", "10, 8", "103, 8", "7, 64", "1000, 7"})
  void allStretchesAreAsLongAndAllPicturesInThemAsMuch(int pictures, int batch) {
    Stretches stretches = new Stretches(pictures, batch, 3);
    int[] units = new int[pictures];
    for (int piece = 0; piece < batch; piece++) {
      int length = 0;
      for (Stretches.Part part : stretches.of(piece)) {
        assertThat(part.units()).isPositive();
        length += part.units();
        units[part.picture()] += part.units();
      }
      assertThat(length).isEqualTo(pictures);
    }
    assertThat(units).containsOnly(batch);
  }

  @ParameterizedTest
  @CsvSource({"3, 8", "10, 8", "103, 8", "9, 2"})
  void aPieceIsDrawnFromItsStretchByItsUnits(int pictures, int batch) {
    Stretches stretches = new Stretches(pictures, batch, 3);
    SplittableRandom random = new SplittableRandom(1);
    for (int piece = 0; piece < batch; piece++) {
      int[] drawn = new int[pictures];
      int each = 400;
      for (int time = 0; time < each * pictures; time++) {
        drawn[stretches.draw(piece, random)]++;
      }
      for (Stretches.Part part : stretches.of(piece)) {
        assertThat((double) drawn[part.picture()] / each / part.units()).isBetween(0.75, 1.25);
        drawn[part.picture()] = 0;
      }
      assertThat(drawn).containsOnly(0);
    }
  }

  /** Neighbours share a picture at most. */
  @ParameterizedTest
  @CsvSource({"40, 8, 2", "41, 8, 3", "103, 8, 8", "2, 8, 3", "1000, 16, 5", "5, 3, 3"})
  void severalWorkersNeedLittleMoreThanThereIs(int pictures, int batch, int workers) {
    Stretches stretches = new Stretches(pictures, batch, 3);
    Set<Integer> all = new HashSet<>();
    int needed = 0;
    for (int rank = 0; rank < workers; rank++) {
      int first = rank * batch / workers;
      Set<Integer> own = stretches.pictures(first, (rank + 1) * batch / workers - first);
      needed += own.size();
      all.addAll(own);
    }
    assertThat(all).hasSize(pictures);
    assertThat(needed).isLessThan(pictures + workers);
    assertThat(stretches.pictures(0, 0)).isEmpty();
  }

  @Test
  void theOrderIsThatOfTheSeed() {
    assertThat(order(1)).isEqualTo(order(1)).isNotEqualTo(order(2));
    int[] sorted = order(1).clone();
    Arrays.sort(sorted);
    assertThat(sorted).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private static int[] order(long seed) {
    Stretches stretches = new Stretches(10, 10, seed);
    SplittableRandom random = new SplittableRandom(1);
    int[] order = new int[10];
    Arrays.setAll(order, piece -> stretches.draw(piece, random));
    return order;
  }
}
