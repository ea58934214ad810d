package io.lossmith.app.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossSpecTests {
  @Test
  void aNameAloneWeighsOne() {
    assertThat(LossSpec.parse("dice")).isEqualTo(new LossSpec("dice", 1, Map.of()));
  }

  @Test
  void commasInsideBracketsDoNotSplit() {
    LossSpec spec = LossSpec.parse("dice:0.5,classWeights=[1,2,4],squared=true");
    assertThat(spec.weight()).isEqualTo(0.5);
    assertThat(spec.options())
        .containsEntry("classWeights", List.of(1, 2, 4))
        .containsEntry("squared", true)
        .hasSize(2);
  }

  @Test
  void lossesNestAsJson() {
    LossSpec spec =
        LossSpec.parse(
            "top-k,loss={\"loss\":\"cross-entropy\",\"options\":{\"labelSmoothing\":0.1}},fraction=0.2");
    assertThat(spec.options())
        .containsEntry(
            "loss", Map.of("loss", "cross-entropy", "options", Map.of("labelSmoothing", 0.1)))
        .containsEntry("fraction", 0.2);
  }

  @Test
  void aWordNeedsNoQuotesAndMayHaveThem() {
    assertThat(LossSpec.parse("dice,activation=softmax").options())
        .isEqualTo(LossSpec.parse("dice,activation=\"softmax\"").options())
        .containsEntry("activation", "softmax");
  }

  @Test
  void aCommaInsideQuotesDoesNotSplit() {
    assertThat(LossSpec.parse("dice,activation=\"a,b\"").options())
        .containsEntry("activation", "a,b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dice:heavy | weight is \"heavy\"",
        "dice:NaN | weight is \"NaN\"",
        "dice,smooth | \"smooth\" must be option=value",
        "dice,smooth= | smooth is \"\"",
        "dice,smooth=1..2 | smooth is \"1..2\"",
        "dice,classWeights=[1,2 | classWeights is \"[1,2\"",
        "dice,smooth=1,smooth=2 | smooth is given twice",
        "dice:-1 | dice: weight is \"-1\", must be a number above 0, as in dice:0.5.",
        "dice:0 | dice: weight is \"0\", must be a number above 0, as in dice:0.5.",
        "dice:1e39 | dice: weight is \"1e39\", must be a number above 0",
        "dice,smooth=null | dice: smooth is null, must be a value; leave smooth away",
        ":0.5 | must begin with the name of a loss",
      })
  void whatCannotBeReadIsSaid(String text, String words) {
    assertThatThrownBy(() -> LossSpec.parse(text).build())
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(words);
  }

  @Test
  void anUnknownNameComesWithTheNearest() {
    assertThatThrownBy(() -> LossSpec.parse("dise").build()).hasMessageContaining("dice");
    assertThatThrownBy(() -> LossSpec.parse("dice,smoth=1").build()).hasMessageContaining("smooth");
  }

  @Test
  void theLabelShowsTheWeight() {
    assertThat(LossSpec.parse("dice").label()).isEqualTo("dice");
    assertThat(LossSpec.parse("dice:2").label()).isEqualTo("2 · dice");
    assertThat(LossSpec.parse("dice:0.5").label()).isEqualTo("0.5 · dice");
  }

  @Test
  void activationsAreFilledInWhereTheyAreMissing() {
    assertThat(filled("dice", 1)).containsEntry("activation", "sigmoid");
    assertThat(filled("dice", 3)).containsEntry("activation", "softmax");
    assertThat(filled("dice,activation=none", 3)).containsEntry("activation", "none");
    assertThat(filled("cross-entropy", 3)).doesNotContainKey("activation");
  }

  @Test
  void activationsAreFilledInWithinLosses() {
    String sum = "sum,parts=[{\"loss\":\"dice\",\"weight\":2},{\"loss\":\"cross-entropy\"}]";
    assertThat(filled(sum, 3))
        .containsEntry(
            "parts",
            List.of(
                Map.of("loss", "dice", "weight", 2, "options", Map.of("activation", "softmax")),
                Map.of("loss", "cross-entropy")));
  }

  @Test
  void besideALossOfProbabilitiesNoneIsFilledIn() {
    List<LossSpec> specs = List.of(LossSpec.parse("dice"), LossSpec.parse("bce"));
    assertThat(Activations.fill(specs, 1)).isEqualTo(specs);
  }

  @Test
  void lossesMustTakeTheirPredictionForOneThing() {
    List<LossSpec> specs = List.of(LossSpec.parse("mse"), LossSpec.parse("bce-with-logits"));
    assertThatThrownBy(() -> Activations.fill(specs, 1))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "train: the losses take their prediction for different things: mse for values,"
                + " bce-with-logits for logits; must be for one; lossmith losses tells what each"
                + " takes.");
  }

  private static Map<String, Object> filled(String text, int classes) {
    return Activations.fill(List.of(LossSpec.parse(text)), classes).get(0).options();
  }
}
