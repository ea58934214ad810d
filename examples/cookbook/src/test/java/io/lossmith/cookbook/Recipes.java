package io.lossmith.cookbook;

import io.lossmith.autodiff.Parameter;
import io.lossmith.losses.Loss;
import java.util.List;
import java.util.Map;

/** The losses of the cookbook by the names that the expected numbers go by. */
final class Recipes {
  private final Map<?, ?> options;

  private Recipes(Map<?, ?> options) {
    this.options = options;
  }

  static Loss loss(String name, Map<?, ?> options) {
    return new Recipes(options).loss(name);
  }

  private Loss loss(String name) {
    return switch (name) {
      case "tversky_kahneman" -> PixelLosses.tverskyKahneman(real("gamma"));
      case "recall" -> PixelLosses.recall();
      case "margin_smoothing" -> PixelLosses.marginSmoothing(real("margin"), real("alpha"));
      case "neighbour_calibration" -> PixelLosses.neighbourCalibration(real("alpha"));
      case "jensen_shannon" -> PixelLosses.jensenShannon();
      case "focal_dice" -> RegionLosses.focalDice(real("beta"));
      case "dice_plus_plus" -> RegionLosses.dicePlusPlus(real("gamma"));
      case "log_dice" -> RegionLosses.logDice(real("gamma"));
      case "soft_iou" -> RegionLosses.softIou(Parameter.of((float) real("log_temperature")));
      case "asymmetric" -> RegionLosses.asymmetric(real("beta"));
      case "jaccard_metric" -> RegionLosses.jaccardMetric();
      case "sorted_f1" -> RegionLosses.sortedF1(real("temperature"));
      case "combo" -> CompoundLosses.combo(real("alpha"), real("beta"), real("smooth"));
      case "exp_log" ->
          CompoundLosses.expLog(real("dice"), real("cross"), real("gamma"), reals("class_weights"));
      case "active_contour" -> OutlineLosses.activeContour(real("lam"));
      case "total_variation" -> OutlineLosses.totalVariation();
      case "sobel_edge" -> OutlineLosses.sobelEdge();
      case "generalized_surface" -> OutlineLosses.generalizedSurface();
      case "hausdorff_erosion" -> OutlineLosses.hausdorffErosion(real("alpha"), whole("erosions"));
      case "structural_similarity" -> StructureLosses.structuralSimilarity(real("beta"), real("c"));
      case "region_mutual_information" -> StructureLosses.regionMutualInformation(whole("radius"));
      case "topology" -> StructureLosses.topology();
      case "skeleton_recall" -> StructureLosses.skeletonRecall();
      case "blob" -> GroupLosses.blob(whole("instances"));
      case "contrastive" -> GroupLosses.contrastive(real("temperature"));
      case "sinkhorn" -> OrderedClassLosses.sinkhorn(real("epsilon"), whole("iterations"));
      case "kappa" -> OrderedClassLosses.kappa();
      default -> throw new IllegalArgumentException("no loss is called " + name);
    };
  }

  private double real(String option) {
    return ((Number) options.get(option)).doubleValue();
  }

  private int whole(String option) {
    return ((Number) options.get(option)).intValue();
  }

  private double[] reals(String option) {
    return ((List<?>) options.get(option))
        .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }
}
