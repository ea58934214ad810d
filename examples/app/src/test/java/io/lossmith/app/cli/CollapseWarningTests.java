package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.loss.LossSpec;
import io.lossmith.app.train.History;
import io.lossmith.losses.metrics.ConfusionCounter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CollapseWarningTests {
  private static final int[] TRUTH = {0, 1, 1};

  @Test
  void oneClassForEverythingNamesTheLossToAdd() {
    assertThat(warning(5, new int[] {1, 1, 1}, 1, "dice"))
        .isEqualTo(
            "every pixel of the validation pictures is predicted as foreground; losses of regions"
                + " alone can end there: add --loss bce-with-logits.");
    assertThat(warning(5, new int[] {0, 0, 0}, 1, "tversky")).contains("as background; ");
    assertThat(warning(5, new int[] {1, 1, 1}, 2, "focal-tversky"))
        .contains("as class 1; ")
        .endsWith("add --loss cross-entropy.");
  }

  @Test
  void whatIsMadeOfRegionsAloneIsStillRegions() {
    for (String loss :
        List.of(
            "lovasz-hinge",
            "dice-cl-dice:2",
            "multi-scale,loss={\"loss\":\"dice\"}",
            "sum,parts=[{\"loss\":\"dice\"},{\"loss\":\"focal-tversky\"}]")) {
      assertThat(warning(5, new int[] {1, 1, 1}, 1, loss)).endsWith("add --loss bce-with-logits.");
    }
  }

  @Test
  void whereALossAsksEachPixelNoneIsNamed() {
    for (String loss :
        List.of(
            "bce-with-logits",
            "focal",
            "cross-entropy",
            "dice-ce",
            "dice-focal:0.5",
            "mse",
            "unified-focal",
            "context-attention",
            "top-k,loss={\"loss\":\"bce-with-logits\"}",
            "multi-scale,loss={\"loss\":\"bce\"}",
            "sum,parts=[{\"loss\":\"dice\"},{\"loss\":\"bce\"}]")) {
      assertThat(warning(5, new int[] {1, 1, 1}, 1, loss))
          .endsWith("; give more --steps, or another --learning-rate.");
    }
  }

  @Test
  void thereIsNoWarningWithoutNeed() {
    assertThat(warning(4, new int[] {1, 1, 1}, 1, "dice")).isNull(); // too short to tell
    assertThat(warning(5, new int[] {0, 1, 1}, 1, "dice")).isNull();
    List<History.Validation> late = scored(5, new int[] {1, 1, 1}, TRUTH);
    assertThat(warning(late.subList(0, 4), scored(1, new int[] {1, 0, 1}, TRUTH))).isNull();
    assertThat(warning(late.subList(0, 4), scored(1, new int[] {0, 0, 0}, TRUTH))).isNull();
    int[] same = {1, 1, 1};
    assertThat(warning(scored(5, same, same), List.of())).isNull(); // then it is right
  }

  private static String warning(int times, int[] predicted, int classes, String loss) {
    return CollapseWarning.of(
        scored(times, predicted, TRUTH), List.of(LossSpec.parse(loss)), classes);
  }

  private static String warning(List<History.Validation> first, List<History.Validation> then) {
    List<History.Validation> all = Stream.concat(first.stream(), then.stream()).toList();
    return CollapseWarning.of(all, List.of(LossSpec.parse("dice")), 1);
  }

  private static List<History.Validation> scored(int times, int[] predicted, int[] truth) {
    ConfusionCounter counter = new ConfusionCounter(2);
    IntStream.range(0, truth.length).forEach(i -> counter.count(predicted[i], truth[i]));
    return IntStream.range(0, times)
        .mapToObj(step -> new History.Validation(step, counter.table()))
        .toList();
  }
}
