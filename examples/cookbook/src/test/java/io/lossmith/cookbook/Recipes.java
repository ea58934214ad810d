package io.lossmith.cookbook;

import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Loss;
import java.io.Serializable;

/** The losses of the cookbook by the names that the expected numbers go by. */
final class Recipes {
  private Recipes() {}

  static Loss loss(String name, Fields options) {
    return switch (name) {
      case "recall" -> PixelLosses::recall;
      case "margin_smoothing" -> {
        double margin = options.real("margin");
        double alpha = options.real("alpha");
        yield (x, labels) -> PixelLosses.marginSmoothing(x, labels, margin, alpha);
      }
      case "jensen_shannon" -> PixelLosses::jensenShannon;
      case "jaccard_metric" -> RegionLosses::jaccardMetric;
      case "soft_iou" -> softIou(Parameter.of((float) options.real("log_temperature")));
      case "combo" -> {
        double alpha = options.real("alpha");
        double beta = options.real("beta");
        double smooth = options.real("smooth");
        yield (p, t) -> CompoundLosses.combo(p, t, alpha, beta, smooth);
      }
      case "exp_log" -> {
        Tensor weights = vector(options.reals("class_weights"));
        double dice = options.real("dice");
        double cross = options.real("cross");
        double gamma = options.real("gamma");
        yield (x, labels) -> CompoundLosses.expLog(x, labels, weights, dice, cross, gamma);
      }
      case "total_variation" -> OutlineLosses::totalVariation;
      case "sobel_edge" -> OutlineLosses::sobelEdge;
      case "generalized_surface" -> OutlineLosses::generalizedSurface;
      case "hausdorff_erosion" -> {
        double alpha = options.real("alpha");
        int erosions = options.whole("erosions");
        yield (p, t) -> OutlineLosses.hausdorffErosion(p, t, alpha, erosions);
      }
      case "structural_similarity" -> {
        double beta = options.real("beta");
        double c = options.real("c");
        yield (p, t) -> StructureLosses.structuralSimilarity(p, t, beta, c);
      }
      case "region_mutual_information" -> {
        int radius = options.whole("radius");
        yield (x, t) -> StructureLosses.regionMutualInformation(x, t, radius);
      }
      case "topology" -> StructureLosses::topology;
      case "skeleton_recall" -> Loss.withMask(StructureLosses::skeletonRecall);
      case "blob" -> {
        int instances = options.whole("instances");
        yield (x, ids) -> GroupLosses.blob(x, ids, instances);
      }
      case "sinkhorn" -> {
        double epsilon = options.real("epsilon");
        int iterations = options.whole("iterations");
        yield (x, t) -> OrderedClassLosses.sinkhorn(x, t, epsilon, iterations);
      }
      case "kappa" -> OrderedClassLosses::kappa;
      default -> ofOneNumber(name, options);
    };
  }

  private static Loss ofOneNumber(String name, Fields options) {
    return switch (name) {
      case "tversky_kahneman" -> loss(options.real("gamma"), PixelLosses::tverskyKahneman);
      case "neighbour_calibration" ->
          loss(options.real("alpha"), PixelLosses::neighbourCalibration);
      case "focal_dice" -> loss(options.real("beta"), RegionLosses::focalDice);
      case "dice_plus_plus" -> loss(options.real("gamma"), RegionLosses::dicePlusPlus);
      case "log_dice" -> loss(options.real("gamma"), RegionLosses::logDice);
      case "asymmetric" -> loss(options.real("beta"), RegionLosses::asymmetric);
      case "sorted_f1" -> loss(options.real("temperature"), RegionLosses::sortedF1);
      case "active_contour" -> loss(options.real("lam"), OutlineLosses::activeContour);
      case "contrastive" -> loss(options.real("temperature"), GroupLosses::contrastive);
      default -> throw new IllegalArgumentException("no loss is called " + name);
    };
  }

  /** A recipe that takes one number. */
  private interface Recipe extends Serializable {
    Tensor apply(Tensor prediction, Tensor target, double option);
  }

  private static Loss loss(double option, Recipe recipe) {
    return (prediction, target) -> recipe.apply(prediction, target, option);
  }

  /** Makes the temperature an input that the loss reads at each run. */
  static Loss softIou(Parameter logTemperature) {
    return (x, t) -> RegionLosses.softIou(x, t, logTemperature);
  }

  private static Tensor vector(double... numbers) {
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return Tensor.of(values, values.length);
  }
}
