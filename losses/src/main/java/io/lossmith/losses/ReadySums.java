package io.lossmith.losses;

import io.lossmith.losses.WeightedSum.Part;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums of two losses that the catalogue has ready-made. */
final class ReadySums {
  private static final Option<List<Double>> WEIGHTS =
      Option.numbers("weights", NumberRange.AT_LEAST_0, "the factors of the two parts (1 and 1)");
  private static final Option<Double> ALPHA =
      Option.number("alpha", 0.5, NumberRange.UNIT, "the share of cl-dice, the rest is dice's");

  static final Entry<WeightedSum> DICE_CE =
      weighed(
          "dice-ce", "Dice and cross entropy", Activation.SOFTMAX, Dice.ENTRY, CrossEntropy.ENTRY);
  static final Entry<WeightedSum> DICE_BCE =
      weighed(
          "dice-bce",
          "Dice and binary cross entropy",
          Activation.SIGMOID,
          Dice.ENTRY,
          BinaryCrossEntropyWithLogits.ENTRY);
  static final Entry<WeightedSum> DICE_FOCAL =
      weighed("dice-focal", "Dice and focal loss", Activation.SIGMOID, Dice.ENTRY, Focal.ENTRY)
          .taking(Focal.ACTIVATION);
  static final Entry<WeightedSum> DICE_CL_DICE =
      ready(
          "dice-cl-dice",
          "Dice and centerline Dice, (1 − alpha)·dice + alpha·cl-dice",
          Activation.NONE,
          ALPHA,
          alpha -> List.of(1 - alpha, alpha),
          Dice.ENTRY,
          CenterlineDice.ENTRY);

  private ReadySums() {}

  private static Entry<WeightedSum> weighed(
      String id,
      String meaning,
      Activation activation,
      Entry<? extends CatalogueLoss<?>> one,
      Entry<? extends CatalogueLoss<?>> other) {
    return ready(id, meaning, activation, WEIGHTS, given -> requireTwo(id, given), one, other);
  }

  /**
   * A sum of two losses that takes the options of both; what they share goes to both.
   *
   * @param option says how the two are weighed
   * @param weights the factors of the two by that option, which may be left out
   */
  private static <T> Entry<WeightedSum> ready(
      String id,
      String meaning,
      Activation activation,
      Option<T> option,
      Function<T, List<Double>> weights,
      Entry<? extends CatalogueLoss<?>> one,
      Entry<? extends CatalogueLoss<?>> other) {
    return Entry.of(
            id,
            WeightedSum.class,
            settings -> {
              Map<String, Object> given = new LinkedHashMap<>(settings.values());
              given.putIfAbsent(Options.ACTIVATION.name, activation);
              given.remove(option.name);
              T chosen = chosen(settings, option);
              List<Double> factors = chosen == null ? List.of(1.0, 1.0) : weights.apply(chosen);
              return both(given, factors, one, other);
            },
            meaning,
            one.id + " + " + other.id)
        .taking(List.copyOf(one.options().values()))
        .taking(List.copyOf(other.options().values()))
        .taking(Options.ACTIVATION.fallingBackTo(activation), option);
  }

  /** Returns what was given for an option, or its fallback. */
  private static <T> @Nullable T chosen(Settings settings, Option<T> option) {
    T given = settings.find(option);
    return given == null ? option.fallback : given;
  }

  private static List<Double> requireTwo(String id, List<Double> weights) {
    if (weights.size() != 2) {
      throw OptionText.mustBe(id + ": weights", weights, "a number for each of the 2 parts");
    }
    return weights;
  }

  private static WeightedSum both(
      Map<String, Object> given,
      List<Double> weights,
      Entry<? extends CatalogueLoss<?>> one,
      Entry<? extends CatalogueLoss<?>> other) {
    List<Part> parts = new ArrayList<>();
    for (Entry<? extends CatalogueLoss<?>> entry : List.of(one, other)) {
      Map<String, Object> own = new LinkedHashMap<>(given);
      own.keySet().retainAll(entry.options().keySet());
      parts.add(new Part(entry.make(own), weights.get(parts.size())));
    }
    return WeightedSum.of(parts);
  }
}
