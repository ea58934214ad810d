package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Choice;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Either;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.LovaszSteps;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lovász-softmax: the Jaccard loss of each class, made continuous, from probabilities.
 *
 * <pre>e = |t_c − p_c|               sorted, greatest first, for each class
 * mean over classes of  Σ_k e_k·(J_k − J_{k−1})
 * J_k the Jaccard loss when the first k pixels are wrong</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes; {@code activation} is {@code
 * softmax} unless told otherwise. Target: class indices {@code [N, spatial...]} or {@code [N, 1,
 * spatial...]} (not with {@code sigmoid}), or dense of the prediction's shape within 0..1.
 *
 * <p>Options: {@code perImage} takes each sample for itself, else the batch is one picture; {@code
 * classes} says which classes the mean is over: {@code present} those that the target of the
 * picture holds, {@code all}, or a list of indices. With {@code perImage} the mean is over the
 * classes of each sample, then over the samples. Reduction {@code none} gives one value for each
 * sample and class, {@code [N, classes]}, or {@code [classes]}; those that are not present are 0. A
 * weight of the mask is a multiplicity: a pixel of weight 2 is there twice.
 *
 * <p>Use it to fine-tune for mean intersection over union, mostly added to {@link CrossEntropy}.
 * With {@code present} nothing holds classes down that the target does not hold; with {@code all}
 * such a class costs its greatest error.
 *
 * <p>Source: Berman et al. 2018, arXiv:1705.08790. Tested against segmentation_models.pytorch,
 * which has {@code present} only; where every pixel is ignored it gives an empty tensor, this 0.
 */
public final class LovaszSoftmax extends SegmentationLoss<LovaszSoftmax>
    implements Withers.OfActivations<LovaszSoftmax> {
  @Serial private static final long serialVersionUID = 1L;

  /** Which classes the mean is over. */
  public enum Classes {
    /** Those that the target holds. */
    PRESENT,
    /** All of them. */
    ALL
  }

  static final Option<Activation> ACTIVATION = Options.ACTIVATION.fallingBackTo(Activation.SOFTMAX);
  private static final Option<Classes> GROUP =
      Option.choice(
          "classes",
          Classes.PRESENT,
          List.of(Classes.values()),
          "the classes that the mean is over");
  private static final Option<List<Integer>> INDICES =
      Option.integers("classes", List.of(0), 0, "");
  private static final Option<List<Integer>> LIST =
      Option.of("classes", "list of whole numbers ≥ 0", null, "", LovaszSoftmax::readClasses);
  static final Option<Either<Classes, List<Integer>>> CLASSES =
      Option.either(
          GROUP,
          LIST,
          GROUP.type + ", or " + LIST.type,
          Classes.PRESENT,
          given -> given instanceof Classes || given instanceof String);
  static final Entry<LovaszSoftmax> ENTRY =
      Entry.of(
              "lovasz-softmax",
              LovaszSoftmax.class,
              LovaszSoftmax::new,
              "the Jaccard loss of each class, made continuous",
              "mean over c of Σ_k e_k·(J_k − J_{k−1}), e = |t_c − p_c| sorted")
          .taking(ACTIVATION, Options.PER_IMAGE, CLASSES, Options.REDUCTION, Options.IGNORE_INDEX);

  private LovaszSoftmax(Settings settings) {
    super(settings);
  }

  @Override
  Entry<LovaszSoftmax> entry() {
    return ENTRY;
  }

  /** Returns it with every option left out: from logits, over the classes present. */
  public static LovaszSoftmax create() {
    return ENTRY.make();
  }

  /** Returns this loss with each sample for itself, or the batch as one picture. */
  public LovaszSoftmax withPerImage(boolean perImage) {
    return with(Options.PER_IMAGE, perImage);
  }

  /** Returns this loss with the mean over all classes, or over those present. */
  public LovaszSoftmax withClasses(Classes classes) {
    return with(CLASSES, classes);
  }

  /** Returns this loss with the mean over certain classes, each ≥ 0 and given once. */
  public LovaszSoftmax withClasses(int... classes) {
    return with(CLASSES, classes);
  }

  @Override
  Demand demand() {
    return Demand.spatial(1);
  }

  @Override
  Tensor value(LossInputs s) {
    List<Integer> classes = chosen(s);
    Tensor p = channels(activated(s, get(ACTIVATION)), classes);
    Tensor t = channels(s.target(), classes);
    boolean perImage = get(Options.PER_IMAGE);
    Tensor errors = s.hasLabels() ? Tensor.where(t, p.unaryMinus().plus(1), p) : p.minus(t).abs();
    Tensor costs = new LovaszSteps(s, perImage).cost(errors, t);
    return reduced(costs, present(s, t, perImage));
  }

  /** Returns 1 for each value whose class the target holds, or null if all of them count. */
  private @Nullable Tensor present(LossInputs s, Tensor t, boolean perImage) {
    if (!get(CLASSES).value().equals(Classes.PRESENT)) {
      return null;
    }
    int rank = t.shape().rank();
    int[] axes = IntStream.range(perImage ? 2 : 0, rank).filter(axis -> axis != 1).toArray();
    return s.valid().weigh(t).sum(axes).greaterThan(0);
  }

  private Tensor reduced(Tensor costs, @Nullable Tensor present) {
    Tensor values = present == null ? costs : Choice.orZero(present, costs);
    if (get(Options.REDUCTION) != Reduction.MEAN || present == null) {
      return reduce(values);
    }
    int classAxis = values.shape().rank() - 1;
    return ValidMask.ratio(values.sum(classAxis), present.sum(classAxis)).mean();
  }

  private List<Integer> chosen(LossInputs s) {
    return get(CLASSES)
        .fold(
            group -> IntStream.range(0, s.classes()).boxed().toList(),
            classes -> requireKnown(s, classes));
  }

  private List<Integer> requireKnown(LossInputs s, List<Integer> classes) {
    for (int c : classes) {
      if (c >= s.classes()) {
        throw OptionText.mustBe(
            id() + ": classes",
            classes,
            "classes of the prediction " + s.shape() + ", 0 to " + (s.classes() - 1));
      }
    }
    return classes;
  }

  private static Tensor channels(Tensor x, List<Integer> classes) {
    int all = x.shape().get(1);
    if (classes.equals(IntStream.range(0, all).boxed().toList())) {
      return x;
    }
    return Tensor.concat(1, classes.stream().map(c -> x.slice(1, c, c + 1)).toArray(Tensor[]::new));
  }

  private static List<Integer> readClasses(String who, Object given) {
    List<Integer> classes = INDICES.readAs(who, given);
    if (classes.stream().distinct().count() != classes.size()) {
      throw OptionText.mustBe(who, given, "a list of classes, each given once");
    }
    return classes;
  }
}
