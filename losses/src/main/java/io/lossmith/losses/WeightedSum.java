package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      return OptionText.show(weight) + " * " + loss;
    }
  }

  static final Option<Double> FACTOR =
      Option.number("weight", 1.0, NumberRange.FINITE, "the factor of a part");
  static final Option<List<Part>> PARTS =
      Option.of(
          "parts",
          "list of {loss, weight, options}",
          List.of(),
          "the losses that are added, each times its weight (1)",
          WeightedSum::readParts);
  static final Entry<WeightedSum> ENTRY =
      Entry.of("sum", WeightedSum.class, WeightedSum::new, "a weighted sum of losses", "Σ wᵢ·lossᵢ")
          .taking(PARTS, Options.IGNORE_INDEX);
  private final List<Part> parts;

  private WeightedSum(Settings settings) {
    super(settings);
    List<Part> given = settings.find(PARTS);
    if (given == null || given.isEmpty()) {
      throw new IllegalArgumentException(
          ENTRY.id + ": parts is unset, must be a list of {loss, weight, options}, not empty");
    }
    Integer ignoreIndex = settings.find(Options.IGNORE_INDEX);
    parts =
        given.stream()
            .map(p -> new Part(Parts.ignoring(p.loss, ignoreIndex, ENTRY.id), p.weight))
            .toList();
  }

  @Override
  Entry<WeightedSum> entry() {
    return ENTRY;
  }

  @Override
  public @Nullable PredictionKind predictionKind() {
    return PredictionKind.common(parts.stream().map(Part::loss));
  }

  static WeightedSum of(List<Part> parts) {
    return new WeightedSum(Settings.of(ENTRY.id).with(PARTS, parts));
  }

  /** Returns Dice and cross entropy of a softmax, for classes of which each pixel has one. */
  public static WeightedSum diceCe() {
    return ReadySums.DICE_CE.make();
  }

  /** Returns Dice and binary cross entropy of a sigmoid, each channel for itself. */
  public static WeightedSum diceBce() {
    return ReadySums.DICE_BCE.make();
  }

  /** Returns Dice and focal loss of a sigmoid, each channel for itself. */
  public static WeightedSum diceFocal() {
    return ReadySums.DICE_FOCAL.make();
  }

  /** Returns Dice and centerline Dice of probabilities, half each. */
  public static WeightedSum diceClDice() {
    return ReadySums.DICE_CL_DICE.make();
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

  @Override
  WeightedSum asSum() {
    return this;
  }

  @Override
  @Nullable Integer ignoreIndex() {
    Integer own = super.ignoreIndex();
    return own != null
        ? own
        : parts.stream()
            .map(part -> Parts.ignoreIndex(part.loss))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  @Override
  Loss ignoringNothing() {
    return mapped(Parts::ignoringNothing);
  }

  @Override
  Loss unreduced(String who) {
    return mapped(part -> Parts.unreduced(part, who));
  }

  @Override
  boolean asksEachPixel() {
    return parts.stream().anyMatch(part -> Parts.asksEachPixel(part.loss));
  }

  @Override
  boolean canTakeProbabilities() {
    return parts.stream().allMatch(part -> Parts.canTakeProbabilities(part.loss));
  }

  @Override
  void requirePlain(String who, Activation outer) {
    parts.forEach(part -> Parts.requirePlain(part.loss, who, outer));
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Tensor sum = null;
    for (Part part : parts) {
      sum = sum(ENTRY.id, sum, part.loss.apply(prediction, target, mask), part.weight);
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
      throw OptionText.mustBe(who, given, "a list of {loss, weight, options}, not empty");
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
}
