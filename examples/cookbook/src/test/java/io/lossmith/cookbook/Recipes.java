package io.lossmith.cookbook;

import io.lossmith.autodiff.Parameter;
import io.lossmith.losses.Loss;

/** The losses of the cookbook by the names that the expected numbers go by. */
final class Recipes {
  private Recipes() {}

  static Loss loss(String name, Fields options) {
    return switch (name) {
      case "tversky_kahneman" -> PixelLosses.tverskyKahneman(options.real("gamma"));
      case "recall" -> PixelLosses.recall();
      case "margin_smoothing" ->
          PixelLosses.marginSmoothing(options.real("margin"), options.real("alpha"));
      case "neighbour_calibration" -> PixelLosses.neighbourCalibration(options.real("alpha"));
      case "jensen_shannon" -> PixelLosses.jensenShannon();
      case "focal_dice" -> RegionLosses.focalDice(options.real("beta"));
      case "dice_plus_plus" -> RegionLosses.dicePlusPlus(options.real("gamma"));
      case "log_dice" -> RegionLosses.logDice(options.real("gamma"));
      case "soft_iou" ->
          RegionLosses.softIou(Parameter.of((float) options.real("log_temperature")));
      case "asymmetric" -> RegionLosses.asymmetric(options.real("beta"));
      case "jaccard_metric" -> RegionLosses.jaccardMetric();
      case "sorted_f1" -> RegionLosses.sortedF1(options.real("temperature"));
      case "combo" ->
          CompoundLosses.combo(options.real("alpha"), options.real("beta"), options.real("smooth"));
      case "exp_log" ->
          CompoundLosses.expLog(
              options.real("dice"),
              options.real("cross"),
              options.real("gamma"),
              options.reals("class_weights"));
      case "active_contour" -> OutlineLosses.activeContour(options.real("lam"));
      case "total_variation" -> OutlineLosses.totalVariation();
      case "sobel_edge" -> OutlineLosses.sobelEdge();
      case "generalized_surface" -> OutlineLosses.generalizedSurface();
      case "hausdorff_erosion" ->
          OutlineLosses.hausdorffErosion(options.real("alpha"), options.whole("erosions"));
      case "structural_similarity" ->
          StructureLosses.structuralSimilarity(options.real("beta"), options.real("c"));
      case "region_mutual_information" ->
          StructureLosses.regionMutualInformation(options.whole("radius"));
      case "topology" -> StructureLosses.topology();
      case "skeleton_recall" -> StructureLosses.skeletonRecall();
      case "blob" -> GroupLosses.blob(options.whole("instances"));
      case "contrastive" -> GroupLosses.contrastive(options.real("temperature"));
      case "sinkhorn" ->
          OrderedClassLosses.sinkhorn(options.real("epsilon"), options.whole("iterations"));
      case "kappa" -> OrderedClassLosses.kappa();
      default -> throw new IllegalArgumentException("no loss is called " + name);
    };
  }
}
