package io.lossmith.losses;

import io.lossmith.core.Spelling;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.OptionText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The catalogue: every loss by its id, with its options by their words. */
public final class Losses {
  private static final Map<String, Entry<? extends CatalogueLoss<?>>> ENTRIES =
      entries(
          List.of(
              BinaryCrossEntropy.ENTRY,
              BinaryCrossEntropyWithLogits.ENTRY,
              CrossEntropy.ENTRY,
              NegativeLogLikelihood.ENTRY,
              MeanAbsoluteError.ENTRY,
              MeanSquaredError.ENTRY,
              Huber.ENTRY,
              SmoothL1.ENTRY,
              Focal.ENTRY,
              PolyCrossEntropy.ENTRY,
              GeneralizedCrossEntropy.ENTRY,
              UnifiedFocal.ENTRY,
              Dice.ENTRY,
              IntersectionOverUnion.ENTRY,
              Tversky.ENTRY,
              FocalTversky.ENTRY,
              LogCoshDice.ENTRY,
              GeneralizedDice.ENTRY,
              Boundary.ENTRY,
              HausdorffDt.ENTRY,
              HausdorffDt.LOG,
              CenterlineDice.ENTRY,
              StructuralSimilarity.ENTRY,
              WassersteinDice.ENTRY,
              SensitivitySpecificity.ENTRY,
              MatthewsCorrelation.ENTRY,
              LovaszHinge.ENTRY,
              LovaszSoftmax.ENTRY,
              ContextAttention.ENTRY,
              BoxLoss.IOU,
              BoxLoss.GIOU,
              BoxLoss.DIOU,
              BoxLoss.CIOU,
              WeightedSum.ENTRY,
              ReadySums.DICE_CE,
              ReadySums.DICE_BCE,
              ReadySums.DICE_FOCAL,
              ReadySums.DICE_CL_DICE,
              TopK.ENTRY,
              DeepSupervision.ENTRY,
              MultiScale.ENTRY));

  private Losses() {}

  /**
   * Returns a loss with options as case files and the command line write them.
   *
   * @param id for example {@code "focal-tversky"}
   * @param options values by the words of {@link #descriptions}: numbers, booleans, words, lists;
   *     {@code sum} and its like hold losses as maps {@code {loss, options}}. A value of null
   *     counts as left out
   * @throws IllegalArgumentException if there is no such loss or option, or a value is not one that
   *     the option takes; what is spelled most like it is suggested
   */
  public static Loss byName(String id, Map<String, ?> options) {
    Objects.requireNonNull(id, "id");
    Map<String, Object> given = new LinkedHashMap<>();
    options.forEach(
        (name, value) ->
            given.put(name, value == null ? null : NamedLoss.made(value, Losses::byName)));
    return entry(id).make(given);
  }

  /** Returns what the catalogue says of each loss, in its order. */
  public static List<LossDescription> descriptions() {
    return ENTRIES.values().stream().map(Losses::description).toList();
  }

  /**
   * Tells whether a loss asks each pixel by itself, at least in a part of it: then its slope is as
   * great where everything is wrong as elsewhere, or greater. That of losses of regions alone may
   * vanish there, and training can end with one class for everything. False too where it is not
   * known, as of a lambda.
   */
  public static boolean asksEachPixel(Loss loss) {
    Objects.requireNonNull(loss, "loss");
    return Parts.asksEachPixel(loss);
  }

  private static Entry<? extends CatalogueLoss<?>> entry(String id) {
    Entry<? extends CatalogueLoss<?>> entry = ENTRIES.get(id);
    if (entry == null) {
      throw new IllegalArgumentException(
          "losses: there is no loss "
              + (id.isEmpty() ? "\"\"" : id)
              + Spelling.nearest(id, ENTRIES.keySet())
                  .filter(name -> Spelling.isLike(id, name))
                  .map(name -> "; did you mean " + name + "?")
                  .orElse(";")
              + " There are "
              + String.join(", ", ENTRIES.keySet()));
    }
    return entry;
  }

  private static LossDescription description(Entry<? extends CatalogueLoss<?>> entry) {
    return new LossDescription(
        entry.id,
        entry.type,
        entry.meaning,
        entry.formula,
        prediction(entry),
        entry.options().values().stream()
            .map(
                o ->
                    new LossDescription.OptionDescription(
                        o.name, o.type, OptionText.show(o.fallback), o.meaning))
            .toList());
  }

  private static String prediction(Entry<? extends CatalogueLoss<?>> entry) {
    if (entry.takes(MultiScale.LOSS) || entry.takes(WeightedSum.PARTS)) {
      return "what the losses within take";
    }
    CatalogueLoss<?> loss = entry.make();
    return loss.canTakeProbabilities()
        ? entry.make(Map.of(Options.ACTIVATION.name, Activation.NONE)).predictionKind()
            + ", or "
            + PredictionKind.LOGITS
            + " with an activation"
        : String.valueOf(loss.predictionKind());
  }

  private static Map<String, Entry<? extends CatalogueLoss<?>>> entries(
      List<Entry<? extends CatalogueLoss<?>>> entries) {
    Map<String, Entry<? extends CatalogueLoss<?>>> byId = new LinkedHashMap<>();
    for (Entry<? extends CatalogueLoss<?>> entry : entries) {
      byId.put(entry.id, entry);
    }
    return byId;
  }
}
