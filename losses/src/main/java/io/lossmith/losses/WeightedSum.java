package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A weighted sum of losses, made by {@code a.plus(b)} and {@code a.times(w)}. The parts see the
 * same prediction, target and mask; what they share, a softmax or a sum, is computed once.
 *
 * <pre>{@code
 * Loss loss = Dice.softmax().plus(CrossEntropy.create().times(0.5));
 * }</pre>
 *
 * <p>All parts must give one shape: mostly a scalar each. Over many comparisons sums of an overlap
 * loss and a cross entropy are the most dependable choice (Ma et al. 2021, "Loss odyssey").
 */
public final class WeightedSum extends CatalogueLoss<WeightedSum> {
  @Serial private static final long serialVersionUID = 1L;

  /** A loss and its factor. */
  record Part(Loss loss, double weight) implements Serializable {
    @Override
    public String toString() {
      return Words.show(weight) + " * " + loss;
    }
  }

  static final Option<Double> FACTOR =
      Option.number("weight", 1.0, Range.FINITE, "the factor of a part");
  static final Option<List<Part>> PARTS =
      Option.of(
          "parts",
          "list of {loss, weight, options}",
          List.of(),
          "the losses that are added, each times its weight (1)",
          WeightedSum::readParts);
  static final Option<List<Double>> WEIGHTS =
      Option.numbers("weights", Range.AT_LEAST_0, "the factors of the two parts (1 and 1)");
  static final Option<Double> ALPHA =
      Option.number("alpha", 0.5, Range.UNIT, "the share of cl-dice, the rest is dice's");
  static final Entry ENTRY =
      Entry.of("sum", WeightedSum.class, WeightedSum::new, "a weighted sum of losses", "Σ wᵢ·lossᵢ")
          .taking(PARTS, SegmentationLoss.IGNORE_INDEX);
  static final Entry DICE_CE =
      ready(
          "dice-ce", "Dice and cross entropy", Activation.SOFTMAX, Dice.ENTRY, CrossEntropy.ENTRY);
  static final Entry DICE_BCE =
      ready(
          "dice-bce",
          "Dice and binary cross entropy",
          Activation.SIGMOID,
          Dice.ENTRY,
          BinaryCrossEntropyWithLogits.ENTRY);

  static final Entry DICE_FOCAL =
      ready("dice-focal", "Dice and focal loss", Activation.SIGMOID, Dice.ENTRY, Focal.ENTRY)
          .taking(Focal.ACTIVATION);
  static final Entry DICE_CL_DICE =
      ready(
          "dice-cl-dice",
          "Dice and centerline Dice, (1 − alpha)·dice + alpha·cl-dice",
          Activation.NONE,
          ALPHA,
          alpha -> List.of(1 - alpha, alpha),
          Dice.ENTRY,
          CenterlineDice.ENTRY);

  private final List<Part> parts;

  private WeightedSum(Settings settings) {
    super(settings);
    Integer ignoreIndex = (Integer) settings.get(SegmentationLoss.IGNORE_INDEX.name);
    @SuppressWarnings("unchecked") // what the option PARTS read
    List<Part> given = (List<Part>) settings.get(PARTS.name);
    if (given == null || given.isEmpty()) {
      throw new IllegalArgumentException(
          ENTRY.id + ": parts is unset, must be a list of {loss, weight, options}, not empty");
    }
    parts =
        given.stream()
            .map(p -> new Part(IgnoreIndex.handedTo(p.loss, ignoreIndex, ENTRY.id), p.weight))
            .toList();
  }

  static WeightedSum of(List<Part> parts) {
    return new WeightedSum(Settings.of(ENTRY.id).with(PARTS, parts));
  }

  /** Returns a sum of one loss, or the sum that it is. */
  static WeightedSum of(Loss loss) {
    return loss instanceof WeightedSum ? (WeightedSum) loss : of(List.of(new Part(loss, 1)));
  }

  /** Returns Dice and cross entropy of a softmax, for classes of which each pixel has one. */
  public static WeightedSum diceCe() {
    return (WeightedSum) DICE_CE.make(Map.of());
  }

  /** Returns Dice and binary cross entropy of a sigmoid, each channel for itself. */
  public static WeightedSum diceBce() {
    return (WeightedSum) DICE_BCE.make(Map.of());
  }

  /** Returns Dice and focal loss of a sigmoid, each channel for itself. */
  public static WeightedSum diceFocal() {
    return (WeightedSum) DICE_FOCAL.make(Map.of());
  }

  /** Returns Dice and centerline Dice of probabilities, half each. */
  public static WeightedSum diceClDice() {
    return (WeightedSum) DICE_CL_DICE.make(Map.of());
  }

  /** Returns this sum and another as one sum. */
  WeightedSum and(WeightedSum other) {
    return of(Stream.concat(parts.stream(), other.parts.stream()).toList());
  }

  /** Returns the sum of what each part becomes. */
  WeightedSum mapped(UnaryOperator<Loss> change) {
    return of(parts.stream().map(p -> new Part(change.apply(p.loss), p.weight)).toList());
  }

  /** Returns this sum times a number. */
  WeightedSum scaled(double weight) {
    double factor = FACTOR.read("times", weight);
    return of(parts.stream().map(p -> new Part(p.loss, p.weight * factor)).toList());
  }

  List<Part> parts() {
    return parts;
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Tensor sum = null;
    for (Part part : parts) {
      Tensor value =
          mask == null
              ? part.loss.apply(prediction, target)
              : part.loss.apply(prediction, target, mask);
      sum = sum(ENTRY.id, sum, value, part.weight);
    }
    return Objects.requireNonNull(sum);
  }

  /** Returns {@code sum + value·weight}; no sum yet is null. */
  static Tensor sum(String who, @Nullable Tensor sum, Tensor value, double weight) {
    Tensor weighed = weight == 1 ? value : value.times(weight);
    if (sum != null && !sum.shape().equals(value.shape())) {
      throw new ShapeException(
          who
              + ": one part gives "
              + sum.shape()
              + ", another "
              + value.shape()
              + ", must be one shape; give all parts the same reduction, mean or sum");
    }
    return sum == null ? weighed : sum.plus(weighed);
  }

  private static List<Part> readParts(String who, Object given) {
    if (!(given instanceof List) || ((List<?>) given).isEmpty()) {
      throw Words.mustBe(who, given, "a list of {loss, weight, options}, not empty");
    }
    List<Part> parts = new ArrayList<>();
    for (Object one : (List<?>) given) {
      String part = who + "[" + parts.size() + "]";
      parts.add(one instanceof Part ? (Part) one : readPart(part, one));
    }
    return List.copyOf(parts);
  }

  private static Part readPart(String who, Object given) {
    Object weight = given instanceof Map ? ((Map<?, ?>) given).get(FACTOR.name) : null;
    return new Part(
        NamedLoss.read(who, given, List.of(FACTOR.name)),
        weight == null ? 1 : FACTOR.read(who, weight));
  }

  /** A sum of two losses that takes the options of both, and the factors of the two. */
  static Entry ready(String id, String meaning, Activation activation, Entry one, Entry other) {
    return ready(id, meaning, activation, WEIGHTS, given -> twoWeights(id, given), one, other);
  }

  /**
   * A sum of two losses that takes the options of both; what they share goes to both.
   *
   * @param option says how the two are weighed
   * @param weights the factors of the two by that option, where it is given or has a fallback
   */
  private static <T> Entry ready(
      String id,
      String meaning,
      Activation activation,
      Option<T> option,
      Function<T, List<Double>> weights,
      Entry one,
      Entry other) {
    Function<Settings, WeightedSum> maker =
        settings -> {
          Map<String, Object> given = new LinkedHashMap<>(settings.values());
          given.putIfAbsent(RegionLoss.ACTIVATION.name, activation);
          @SuppressWarnings("unchecked") // what the option read
          T chosen = (T) given.remove(option.name);
          T weighing = chosen == null ? option.fallback : chosen;
          return both(
              given, weighing == null ? List.of(1.0, 1.0) : weights.apply(weighing), one, other);
        };
    return Entry.of(id, WeightedSum.class, maker, meaning, one.id + " + " + other.id)
        .taking(List.copyOf(one.options.values()))
        .taking(List.copyOf(other.options.values()))
        .taking(RegionLoss.ACTIVATION.fallingBackTo(activation), option);
  }

  private static List<Double> twoWeights(String id, List<Double> weights) {
    if (weights.size() != 2) {
      throw Words.mustBe(id + ": weights", weights, "a number for each of the 2 parts");
    }
    return weights;
  }

  private static WeightedSum both(
      Map<String, Object> given, List<Double> weights, Entry... entries) {
    List<Part> parts = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, Object> own = new LinkedHashMap<>(given);
      own.keySet().retainAll(entry.options.keySet());
      parts.add(new Part(entry.make(own), weights.get(parts.size())));
    }
    return of(parts);
  }
}
