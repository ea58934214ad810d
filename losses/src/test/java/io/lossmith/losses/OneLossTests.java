package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one loss drags in: little of the house, and no other loss. */
class OneLossTests {
  private static final Shape SHAPE = Shape.of(2, 1, 4, 5);

  /** Run in a class loader of its own. */
  public static final class OneDice {
    private OneDice() {}

    /** Compiles and evaluates one Dice. */
    public static void run() {
      try (Compiled dice = Dice.sigmoid().compile(InputShapes.of(SHAPE, SHAPE))) {
        float[] prediction = new float[SHAPE.count()];
        dice.evaluate(prediction, new float[SHAPE.count()], null, prediction.clone());
      }
    }
  }

  @Test
  void compilingOneDiceLoadsNoOtherLoss() throws IOException, ReflectiveOperationException {
    try (LoadedAnew loader = new LoadedAnew()) {
      loader.call(OneDice.class, "run");
      assertThat(loader.loaded()).contains(Dice.class.getName());
      Set<String> others = new TreeSet<>();
      for (LossDescription loss : Losses.descriptions()) {
        others.add(loss.type().getName());
      }
      others.add(Losses.class.getName());
      others.remove(Dice.class.getName());
      assertThat(others).hasSizeGreaterThan(30);
      assertThat(loader.loaded()).doesNotContainAnyElementsOf(others);
    }
  }

  static Iterable<LossDescription> descriptions() {
    return Losses.descriptions();
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void atMostThreeLevelsAreAboveALoss(LossDescription loss) {
    int levels = 1; // Loss itself
    for (Class<?> type = loss.type().getSuperclass();
        type != Object.class;
        type = type.getSuperclass()) {
      levels++;
    }
    assertThat(levels).as(loss.id()).isLessThanOrEqualTo(3);
  }

  @Test
  void theLinesOfDiceAreInItsFile() {
    try (Compiled dice = Dice.sigmoid().compile(InputShapes.of(SHAPE, SHAPE))) {
      String plan = dice.explain();
      assertThat(plan.lines().filter(line -> line.contains(" = sum of"))).isNotEmpty();
      assertThat(plan.lines().filter(line -> line.contains(" = divide")))
          .isNotEmpty()
          .allMatch(line -> line.contains("Dice.java:"));
      assertThat(plan).doesNotContain("RegionSums.java", "SmoothedRatio.java", "LossInputs.java");
    }
  }
}
