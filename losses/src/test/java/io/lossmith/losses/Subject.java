package io.lossmith.losses;

import io.lossmith.core.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A loss with options, and what the rules for all losses need to know of it. */
record Subject(
    String id, Map<String, Object> options, Predictions predictions, List<Trait> traits) {
  /** What predictions hold. */
  enum Predictions {
    LOGITS,
    PROBABILITIES,
    LOG_PROBABILITIES,
    NUMBERS,
    BOXES
  }

  /** What is not so for every loss. */
  enum Trait {
    /** Takes class indices. */
    LABELS,
    /** Refuses dense targets here, for their values mean something else. */
    NO_DENSE,
    /** Needs two channels. */
    SEVERAL,
    /** Needs a spatial axis. */
    SPATIAL,
    /** Needs two spatial axes. */
    PLANAR,
    /** Needs spatial axes of 4 at least. */
    LARGE,
    /** Looks at a pixel's neighbours. */
    NEIGHBOURS,
    /** Has options for certain classes. */
    ORDERED,
    /** Costs what is not there: an ignored part still weighs in. */
    UNEVEN
  }

  static final List<Subject> ALL = all();

  private static List<Subject> all() {
    List<Subject> all = new ArrayList<>();
    Stream.of(
            of("bce", Predictions.PROBABILITIES),
            of("bce-with-logits", Predictions.LOGITS),
            of("bce-with-logits", Predictions.LOGITS).with("posWeight", 3, "labelSmoothing", 0.1),
            of("cross-entropy", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL),
            of("cross-entropy", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL)
                .with("labelSmoothing", 0.2),
            of("cross-entropy", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.ORDERED)
                .with("classWeights", List.of(0.5, 1, 2), "labelSmoothing", 0.1),
            of("nll", Predictions.LOG_PROBABILITIES, Trait.LABELS),
            of("nll", Predictions.LOG_PROBABILITIES, Trait.LABELS, Trait.SEVERAL, Trait.ORDERED)
                .with("classWeights", List.of(0.5, 1, 2)),
            of("mae", Predictions.NUMBERS),
            of("mse", Predictions.NUMBERS),
            of("huber", Predictions.NUMBERS).with("delta", 0.7),
            of("smooth-l1", Predictions.NUMBERS).with("beta", 0.7),
            of("smooth-l1", Predictions.NUMBERS).with("beta", 0),
            of("focal", Predictions.LOGITS),
            of("focal", Predictions.LOGITS).with("gamma", 0.5, "alpha", 0.25),
            of("focal", Predictions.LOGITS).with("gamma", 0, "normalized", true),
            of("focal", Predictions.LOGITS).with("normalized", true, "gamma", 1.5),
            of("focal", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL)
                .with("activation", "softmax"),
            of("focal", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL)
                .with("activation", "softmax", "gamma", 0.5),
            of("focal", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.ORDERED)
                .with("activation", "softmax", "alpha", 0.3, "normalized", true),
            of("context-attention", Predictions.LOGITS, Trait.SPATIAL, Trait.NEIGHBOURS)
                .with("window", 3),
            of("context-attention", Predictions.LOGITS, Trait.SPATIAL, Trait.NEIGHBOURS)
                .with("window", 5, "smooth", 0),
            of("boundary", Predictions.LOGITS, Trait.SPATIAL, Trait.PLANAR)
                .with("activation", "sigmoid"),
            of("hausdorff-dt", Predictions.LOGITS, Trait.SPATIAL, Trait.PLANAR)
                .with("activation", "sigmoid", "alpha", 1.5),
            of("cl-dice", Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL, Trait.NEIGHBOURS),
            of("cl-dice", Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL, Trait.NEIGHBOURS)
                .with("smooth", 0, "iterations", 1),
            of("cl-dice", Predictions.LOGITS, Trait.SPATIAL, Trait.NEIGHBOURS)
                .with("activation", "sigmoid", "iterations", 0),
            of(
                    "cl-dice",
                    Predictions.LOGITS,
                    Trait.LABELS,
                    Trait.SEVERAL,
                    Trait.SPATIAL,
                    Trait.NEIGHBOURS,
                    Trait.ORDERED)
                .with("activation", "softmax", "includeBackground", false),
            of("ssim", Predictions.PROBABILITIES, Trait.LABELS, Trait.LARGE, Trait.NEIGHBOURS)
                .with("windowSize", 3),
            of("ssim", Predictions.LOGITS, Trait.LARGE, Trait.NEIGHBOURS)
                .with("activation", "sigmoid", "windowSize", 4, "dataRange", 2),
            of(
                    "ssim",
                    Predictions.LOGITS,
                    Trait.LABELS,
                    Trait.SEVERAL,
                    Trait.LARGE,
                    Trait.NEIGHBOURS,
                    Trait.ORDERED)
                .with(
                    "activation",
                    "softmax",
                    "includeBackground",
                    false,
                    "windowSize",
                    2,
                    "k1",
                    0.1,
                    "k2",
                    0.2,
                    "sigma",
                    3),
            of("box-iou", Predictions.BOXES),
            of("giou", Predictions.BOXES),
            of("diou", Predictions.BOXES),
            of("ciou", Predictions.BOXES),
            of("sum", Predictions.LOGITS, Trait.SPATIAL)
                .with(
                    "parts",
                    List.of(
                        Map.of("loss", "dice", "options", Map.of("activation", "sigmoid")),
                        Map.of("loss", "bce-with-logits", "weight", 0.5))),
            of("dice-ce", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL),
            of("dice-ce", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL)
                .with("weights", List.of(0.3, 2), "smooth", 1),
            of("dice-bce", Predictions.LOGITS, Trait.SPATIAL),
            of("dice-focal", Predictions.LOGITS, Trait.SPATIAL),
            of(
                    "dice-cl-dice",
                    Predictions.PROBABILITIES,
                    Trait.LABELS,
                    Trait.SPATIAL,
                    Trait.NEIGHBOURS)
                .with("alpha", 0.3, "iterations", 2),
            of("dice-focal", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL)
                .with("activation", "softmax", "gamma", 1),
            of("multi-scale", Predictions.LOGITS, Trait.SPATIAL, Trait.LARGE, Trait.NEIGHBOURS)
                .with("loss", Map.of("loss", "dice"), "activation", "sigmoid"),
            of(
                    "multi-scale",
                    Predictions.PROBABILITIES,
                    Trait.SPATIAL,
                    Trait.LARGE,
                    Trait.NEIGHBOURS)
                .with("loss", Map.of("loss", "bce"), "scales", List.of(2), "weights", List.of(3)))
        .forEach(all::add);
    for (String id : List.of("dice", "iou", "tversky", "focal-tversky", "log-cosh-dice")) {
      regions(id).forEach(all::add);
    }
    for (String id : List.of("boundary", "hausdorff-dt", "log-hausdorff-dt")) {
      distances(id).forEach(all::add);
    }
    for (String type : List.of("square", "simple", "uniform")) {
      all.add(
          of("generalized-dice", Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL)
              .with("weightType", type));
    }
    all.add(
        of("generalized-dice", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL)
            .with("activation", "softmax", "aggregate", "batch", "smoothNumerator", 0));
    lovasz().forEach(all::add);
    others().forEach(all::add);
    combined().forEach(all::add);
    return List.copyOf(all);
  }

  private static Stream<Subject> distances(String id) {
    Subject classes =
        of(id, Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL, Trait.PLANAR)
            .with("activation", "softmax");
    return Stream.of(
        of(id, Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL, Trait.PLANAR),
        classes,
        new Subject(id, classes.options, Predictions.LOGITS, ordered(classes.traits))
            .with("includeBackground", false));
  }

  private static List<Trait> ordered(List<Trait> traits) {
    return Stream.concat(traits.stream(), Stream.of(Trait.ORDERED)).toList();
  }

  private static Stream<Subject> others() {
    Subject poly = of("poly-cross-entropy", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL);
    Subject focal =
        of("unified-focal", Predictions.LOGITS, Trait.LABELS, Trait.SPATIAL, Trait.ORDERED);
    Subject apart =
        of(
            "wasserstein-dice",
            Predictions.LOGITS,
            Trait.LABELS,
            Trait.SEVERAL,
            Trait.SPATIAL,
            Trait.ORDERED);
    List<List<Double>> distances =
        List.of(List.of(0.0, 2.0, 1.5), List.of(2.0, 0.0, 0.5), List.of(1.5, 0.5, 0.0));
    Subject mcc = of("mcc", Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL);
    Subject asked =
        of("sensitivity-specificity", Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL);
    return Stream.of(
        poly,
        poly.with("epsilon", 2, "labelSmoothing", 0.2),
        of("poly-cross-entropy", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.ORDERED)
            .with("classWeights", List.of(0.5, 1, 2), "labelSmoothing", 0.1),
        of("generalized-cross-entropy", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL),
        of("generalized-cross-entropy", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL)
            .with("q", 0.2),
        of("unified-focal", Predictions.LOGITS, Trait.ORDERED),
        focal,
        focal.with("gamma", 0.2, "delta", 0.7, "weight", 0.3),
        focal.with("symmetric", true),
        of("unified-focal", Predictions.LOGITS, Trait.ORDERED).with("symmetric", true, "gamma", 1),
        apart,
        apart.with("weighting", "gdl"),
        apart.with("distances", distances),
        apart.with("distances", distances, "weighting", "gdl", "smooth", 0),
        mcc,
        mcc.with("smoothNumerator", 1e-3, "aggregate", "batch"),
        of("mcc", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL, Trait.ORDERED)
            .with("activation", "softmax", "classWeights", List.of(0.2, 1, 3)),
        of("mcc", Predictions.LOGITS, Trait.SPATIAL)
            .with("activation", "sigmoid", "aggregate", "all", "smoothDenominator", 0),
        asked,
        asked.with("sensitivityWeight", 0.1, "emptyTarget", "penalize"),
        asked.with("smooth", 0, "aggregate", "all"),
        of(
                "sensitivity-specificity",
                Predictions.LOGITS,
                Trait.LABELS,
                Trait.SEVERAL,
                Trait.SPATIAL,
                Trait.ORDERED)
            .with("activation", "softmax", "includeBackground", false, "emptyTarget", "skip"));
  }

  private static Stream<Subject> combined() {
    Map<String, Object> dice = Map.of("loss", "dice", "options", Map.of("activation", "softmax"));
    Subject deep =
        of("deep-supervision", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL);
    return Stream.of(
        of("top-k", Predictions.LOGITS).with("loss", Map.of("loss", "bce-with-logits")),
        of("top-k", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL)
            .with("loss", Map.of("loss", "cross-entropy"), "fraction", 0.3),
        of("top-k", Predictions.NUMBERS).with("loss", Map.of("loss", "mse"), "fraction", 1),
        deep.with("loss", dice),
        deep.with("loss", Map.of("loss", "cross-entropy"), "weights", "two", "normalize", true));
  }

  private static Stream<Subject> lovasz() {
    Subject hinge = of("lovasz-hinge", Predictions.LOGITS, Trait.SPATIAL);
    Subject softmax =
        of("lovasz-softmax", Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL);
    return Stream.of(
        hinge,
        hinge.with("perImage", true),
        softmax,
        softmax.with("perImage", true),
        softmax.with("classes", "all"),
        of("lovasz-softmax", Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL, Trait.ORDERED)
            .with("activation", "none", "perImage", true, "classes", List.of(0, 1)),
        of("lovasz-softmax", Predictions.LOGITS, Trait.SPATIAL).with("activation", "sigmoid"),
        of(
                "lovasz-softmax",
                Predictions.LOGITS,
                Trait.LABELS,
                Trait.SEVERAL,
                Trait.SPATIAL,
                Trait.ORDERED)
            .with("classes", List.of(2, 0)));
  }

  private static Stream<Subject> regions(String id) {
    Subject probabilities = of(id, Predictions.PROBABILITIES, Trait.LABELS, Trait.SPATIAL);
    Subject several =
        of(id, Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL)
            .with("activation", "softmax");
    Subject ordered =
        of(id, Predictions.LOGITS, Trait.LABELS, Trait.SEVERAL, Trait.SPATIAL, Trait.ORDERED)
            .with("activation", "softmax");
    return Stream.of(
        probabilities,
        probabilities.with("smooth", 0),
        of(id, Predictions.LOGITS, Trait.SPATIAL).with("activation", "sigmoid", "smooth", 1),
        several,
        several.with("aggregate", "batch", "smoothNumerator", 0, "smoothDenominator", 1e-3),
        several.with("aggregate", "all", "emptyTarget", "penalize"),
        several.with("emptyTarget", "skip"),
        several.with("emptyTarget", "penalize", "aggregate", "batch"),
        several.with("emptyTarget", "zero", "log", true),
        ordered.with("includeBackground", false),
        ordered.with("classWeights", List.of(0.2, 1, 3), "normalizeWeights", true),
        ordered.with(
            "classWeights",
            List.of(0.2, 1, 3),
            "normalizeWeights",
            true,
            "includeBackground",
            false,
            "emptyTarget",
            "skip"));
  }

  private static Subject of(String id, Predictions predictions, Trait... traits) {
    return new Subject(id, Map.of(), predictions, List.of(traits));
  }

  /** Returns this with options: word, value, word, value. */
  Subject with(Object... more) {
    Map<String, Object> changed = new LinkedHashMap<>(options);
    for (int i = 0; i < more.length; i += 2) {
      changed.put((String) more[i], more[i + 1]);
    }
    return new Subject(id, changed, predictions, traits);
  }

  Loss loss() {
    return Losses.byName(id, options);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** Returns whether the value goes below 0 by design. */
  boolean isSigned() {
    return id.equals("boundary");
  }

  boolean takes(String option) {
    return Losses.descriptions().stream()
        .filter(loss -> loss.id().equals(id))
        .flatMap(loss -> loss.options().stream())
        .anyMatch(known -> known.name().equals(option));
  }

  /**
   * Returns shapes of predictions that this loss takes: every number of axes, one pixel, one
   * sample.
   */
  List<Shape> shapes() {
    if (predictions == Predictions.BOXES) {
      return List.of(Shape.of(5, 4), Shape.of(1, 4));
    }
    int few = is(Trait.ORDERED) ? 3 : is(Trait.SEVERAL) ? 2 : 1;
    if (is(Trait.LARGE)) {
      return List.of(Shape.of(2, few, 9, 6), Shape.of(1, 3, 4, 5, 4));
    }
    List<Shape> shapes = new ArrayList<>();
    if (!is(Trait.SPATIAL)) {
      shapes.add(Shape.of(5, few));
      shapes.add(Shape.of(4, 3));
    }
    if (!is(Trait.PLANAR)) {
      shapes.add(Shape.of(3, few, 7));
    }
    shapes.add(Shape.of(2, 3, 4, 5));
    shapes.add(Shape.of(1, 3, 3, 2, 4));
    shapes.add(Shape.of(1, few, 1, 1));
    return shapes;
  }

  /** Returns one shape of several pixels, samples and, where they are taken, classes. */
  Shape shape() {
    return predictions == Predictions.BOXES
        ? Shape.of(6, 4)
        : is(Trait.LARGE)
            ? Shape.of(3, 3, 8, 5)
            : is(Trait.SPATIAL) || is(Trait.LABELS) ? Shape.of(3, 3, 4, 5) : Shape.of(3, 2, 4, 5);
  }

  @Override
  public String toString() {
    return id + " " + options;
  }
}
