package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.OptionText;
import java.util.Arrays;
import java.util.List;

/**
 * U-Net's weights that teach a network to keep touching objects apart: pixels of the background
 * weigh more the nearer two objects are.
 *
 * <pre>w = w_c + w0·exp(−(d1 + d2)²/(2σ²))      on the background
 * w = w_c                                  in objects, and where there are fewer than two
 * d1, d2  distances to the nearest and the second nearest object</pre>
 *
 * <p>Options: {@code strength} w0 (10) and {@code sigma} σ (5, in units of {@code spacing}); {@code
 * backgroundWeight} and {@code objectWeight}, the w_c of both (1). The result is a mask for any
 * loss. It takes one distance transform for each object: make it once for each picture.
 *
 * <p>Source: Ronneberger et al. 2015, arXiv:1505.04597, where w_c balances the classes and the
 * formula also runs inside of objects.
 */
public final class BorderWeights {
  private static final String WHO = "border weights";

  private final double strength;
  private final double sigma;
  private final double backgroundWeight;
  private final double objectWeight;
  private final double[] spacing;

  private BorderWeights(
      double strength,
      double sigma,
      double backgroundWeight,
      double objectWeight,
      double[] spacing) {
    this.strength = require("strength", strength, NumberRange.AT_LEAST_0);
    this.sigma = require("sigma", sigma, NumberRange.POSITIVE);
    this.backgroundWeight = require("background weight", backgroundWeight, NumberRange.AT_LEAST_0);
    this.objectWeight = require("object weight", objectWeight, NumberRange.AT_LEAST_0);
    this.spacing = spacing;
    Arrays.stream(spacing).forEach(distance -> require("spacing", distance, NumberRange.POSITIVE));
  }

  private static double require(String name, double value, NumberRange range) {
    if (!range.holds(value)) {
      throw OptionText.mustBe(WHO + ": " + name, value, "a number " + range.words);
    }
    return value;
  }

  /** Returns them with the numbers of the paper, and w_c = 1. */
  public static BorderWeights create() {
    return new BorderWeights(10, 5, 1, 1, new double[0]);
  }

  /** Returns these with another w0 ≥ 0. */
  public BorderWeights withStrength(double strength) {
    return new BorderWeights(strength, sigma, backgroundWeight, objectWeight, spacing);
  }

  /** Returns these with another σ &gt; 0: about half of how far apart objects may be. */
  public BorderWeights withSigma(double sigma) {
    return new BorderWeights(strength, sigma, backgroundWeight, objectWeight, spacing);
  }

  /** Returns these with another weight ≥ 0 of all background. */
  public BorderWeights withBackgroundWeight(double weight) {
    return new BorderWeights(strength, sigma, weight, objectWeight, spacing);
  }

  /** Returns these with another weight ≥ 0 of all objects. */
  public BorderWeights withObjectWeight(double weight) {
    return new BorderWeights(strength, sigma, backgroundWeight, weight, spacing);
  }

  /** Returns these with another distance &gt; 0 of neighbours along each spatial axis. */
  public BorderWeights withSpacing(double... spacing) {
    return new BorderWeights(strength, sigma, backgroundWeight, objectWeight, spacing.clone());
  }

  /**
   * Returns the weights of label maps.
   *
   * @param objects {@code [N, 1, spatial...]} with 1 to 3 spatial axes: 0 is background, every
   *     other number an object of its own
   * @return a mask {@code [N, 1, spatial...]}
   * @throws ShapeException if the shape is another
   * @throws IllegalArgumentException if the spacing has not as many numbers as there are spatial
   *     axes, or a label is NaN
   */
  public Tensor of(Tensor objects) {
    Shape shape = objects.shape();
    if (shape.rank() < 3 || shape.rank() > 5 || shape.get(1) != 1 || shape.count() == 0) {
      throw new ShapeException(
          WHO + ": objects are " + shape + ", must be [N, 1, spatial...] with 1 to 3 spatial axes");
    }
    if (spacing.length > 0 && spacing.length != shape.rank() - 2) {
      throw new IllegalArgumentException(
          WHO
              + ": spacing is "
              + Arrays.toString(spacing)
              + ", objects are "
              + shape
              + "; must be one number for each spatial axis");
    }
    float[] labels = objects.toArray();
    float[] weights = new float[labels.length];
    int plane = labels.length / shape.get(0);
    try (Program distances =
        Tracing.compile(
            Engines.defaultEngine(),
            List.of(shape.with(0, 1)),
            all -> List.of(all.get(0).distanceTransform(spacing)))) {
      for (int from = 0; from < labels.length; from += plane) {
        weigh(Arrays.copyOfRange(labels, from, from + plane), distances, weights, from);
      }
    }
    return Tensor.wrap(weights, shape.toArray());
  }

  private void weigh(float[] labels, Program distances, float[] weights, int from) {
    float[] nearest = new float[labels.length];
    float[] second = new float[labels.length];
    Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    Arrays.fill(second, Float.POSITIVE_INFINITY);
    float[] off = new float[labels.length];
    float[] distance = new float[labels.length];
    for (float object : objects(labels)) {
      for (int i = 0; i < off.length; i++) {
        off[i] = labels[i] == object ? 0 : 1;
      }
      distances.run(new float[][] {off}, new float[][] {distance});
      for (int i = 0; i < distance.length; i++) {
        second[i] = Math.min(second[i], Math.max(nearest[i], distance[i]));
        nearest[i] = Math.min(nearest[i], distance[i]);
      }
    }
    for (int i = 0; i < labels.length; i++) {
      weights[from + i] =
          (float) (labels[i] != 0 ? objectWeight : backgroundWeight + term(nearest[i] + second[i]));
    }
  }

  private static float[] objects(float[] labels) {
    double[] found = new double[labels.length];
    int count = 0;
    for (float label : labels) {
      if (Float.isNaN(label)) {
        throw new IllegalArgumentException(WHO + ": a label is NaN, must be a number");
      }
      if (label != 0) {
        found[count++] = label;
      }
    }
    double[] distinct = Arrays.stream(found, 0, count).distinct().toArray();
    float[] objects = new float[distinct.length];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = (float) distinct[i];
    }
    return objects;
  }

  /** The term of the border; 0 where a distance is infinite. */
  private double term(double both) {
    return strength * Math.exp(-both * both / (2 * sigma * sigma));
  }
}
