package io.lossmith.app.train;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Loss;
import io.lossmith.losses.PredictionKind;

/**
 * What becomes of a network's outputs: before a loss sees them, and when a mask is cut from them.
 * The network's own numbers are logits, whatever kind of prediction the loss takes, unless it takes
 * plain values.
 *
 * @param kind what the loss takes its prediction for
 * @param outputs numbers for each pixel: one for foreground or not, or one for each class
 */
public record OutputHead(PredictionKind kind, int outputs) {
  /**
   * Returns the head that goes with a loss.
   *
   * @throws IllegalArgumentException if it is not known what the loss takes its prediction for, or
   *     that needs several outputs
   */
  public static OutputHead of(Loss loss, int outputs) {
    PredictionKind kind = loss.predictionKind();
    if (kind == null) {
      throw new IllegalArgumentException(
          "train: it is not known what " + loss + " takes its prediction for, must be one kind.");
    }
    if (kind == PredictionKind.LOG_PROBABILITIES && outputs == 1) {
      throw new IllegalArgumentException(
          "train: "
              + loss
              + " takes log-probabilities of classes, but there is one class; give --classes 2 or"
              + " more, or the loss bce-with-logits.");
    }
    return new OutputHead(kind, outputs);
  }

  /** Returns what the loss is given for the outputs {@code [N, outputs, height, width]}. */
  Tensor prediction(Tensor outputs) {
    return switch (kind) {
      case LOGITS, VALUES -> outputs;
      case PROBABILITIES -> this.outputs == 1 ? outputs.sigmoid() : outputs.softmax(1);
      case LOG_PROBABILITIES -> outputs.minus(outputs.logSumExp(1).unsqueeze(1));
    };
  }

  /** Returns the least output of one that is foreground: where its probability, or value, is ½. */
  private double threshold() {
    return kind == PredictionKind.VALUES ? 0.5 : 0;
  }

  /** Returns the class of a pixel, from {@code values[at]}, {@code values[at + stride]} … */
  int decide(float[] values, int at, int stride) {
    if (outputs == 1) {
      return values[at] >= threshold() ? 1 : 0;
    }
    int best = 0;
    for (int label = 1; label < outputs; label++) {
      if (values[label * stride + at] > values[best * stride + at]) {
        best = label;
      }
    }
    return best;
  }

  /** Returns what makes probabilities of the outputs: plain values are cut to 0..1. */
  Probabilities probabilities(int pixels, float[] into) {
    return new Probabilities(outputs, pixels, into, kind == PredictionKind.VALUES);
  }
}
