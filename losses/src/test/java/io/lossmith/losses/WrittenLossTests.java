package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Id and options of a loss, as text holds them, make it again. */
class WrittenLossTests {
  static List<Subject> subjects() {
    return Subject.ALL;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void whatIsWrittenMakesTheLossAgain(Subject subject) {
    CatalogueLoss<?> loss = (CatalogueLoss<?>) Losses.byName(subject.id(), subject.options());
    requirePlain(loss.options());
    assertThat(Losses.byName(loss.id(), loss.options())).isEqualTo(loss);
  }

  @Test
  void nothingOfASumIsLost() {
    CatalogueLoss<?> sum =
        (CatalogueLoss<?>)
            Dice.softmax()
                .withClassWeights(0.1, 2)
                .withAggregate(Aggregate.BATCH)
                .plus(TopK.of(CrossEntropy.create().withIgnoreIndex(255)).times(0.3));
    assertThat(sum.options())
        .isEqualTo(
            Map.of(
                "parts",
                List.of(
                    Map.of(
                        "loss",
                        "dice",
                        "options",
                        Map.of(
                            "activation",
                            "softmax",
                            "classWeights",
                            List.of(0.1f, 2f),
                            "aggregate",
                            "batch"),
                        "weight",
                        1.0),
                    Map.of(
                        "loss",
                        "top-k",
                        "options",
                        Map.of(
                            "loss",
                            Map.of("loss", "cross-entropy", "options", Map.of("ignoreIndex", 255))),
                        "weight",
                        0.3))));
    assertThat(Losses.byName(sum.id(), sum.options())).isEqualTo(sum);
  }

  @Test
  void aLambdaHasNoName() {
    Loss lambda = (p, t) -> p.minus(t).square().mean();
    CatalogueLoss<?> sum = (CatalogueLoss<?>) Dice.sigmoid().plus(lambda);
    assertThatThrownBy(sum::options)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "sum: parts holds io\\.lossmith\\.losses\\.WrittenLossTests\\S*, which has no name in"
                + " the catalogue; .*");
  }

  private static void requirePlain(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(WrittenLossTests::requirePlain);
    } else if (value instanceof Collection<?> list) {
      list.forEach(WrittenLossTests::requirePlain);
    } else {
      assertThat(value).isInstanceOfAny(Number.class, String.class, Boolean.class);
    }
  }
}
