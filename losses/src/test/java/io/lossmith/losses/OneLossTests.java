package io.lossmith.losses;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one loss drags in: little of the house, and no other loss. The classes are written to {@code
 * target/one-dice.txt}.
 */
class OneLossTests {
  private static final Shape SHAPE = Shape.of(2, 1, 4, 5);
  private static final Path REPORT = Path.of("target", "one-dice.txt");
  private static final int MOST_OF_LOSSES = 30;

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
      Map<String, List<String>> files = files(loader.loaded());
      report(files);
      assertThat(files)
          .hasEntrySatisfying(
              "losses", own -> assertThat(own).hasSizeLessThanOrEqualTo(MOST_OF_LOSSES));
    }
  }

  /** Returns the classes that have files of their own, by their modules. */
  private static Map<String, List<String>> files(Collection<String> classes) {
    return classes.stream()
        .filter(name -> name.startsWith("io.lossmith.") && !name.contains("Tests"))
        .filter(name -> !name.contains("$"))
        .sorted()
        .collect(Collectors.groupingBy(name -> name.split("\\.")[2], TreeMap::new, toList()));
  }

  private static void report(Map<String, List<String>> files) throws IOException {
    List<String> report = new ArrayList<>();
    files.forEach((module, names) -> report.add(names.size() + " of " + module));
    files.values().forEach(report::addAll);
    Files.write(REPORT, report);
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
