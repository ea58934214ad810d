package io.lossmith.app.train;

/**
 * Makes probabilities of logits: σ(x) of the one, e^xₖ / Σ e^x of more.
 *
 * @param outputs logits of a pixel
 * @param pixels of the picture
 * @param values {@code [outputs, pixels]}, what is filled
 * @param plain whether the numbers are no logits and only cut to 0..1
 */
record Probabilities(int outputs, int pixels, float[] values, boolean plain)
    implements Predictor.Sink {
  @Override
  public void take(int pixel, float[] logits, int at, int stride) {
    if (plain) {
      for (int k = 0; k < outputs; k++) {
        values[k * pixels + pixel] = Math.max(0, Math.min(1, logits[at + k * stride]));
      }
      return;
    }
    if (outputs == 1) {
      values[pixel] = (float) (1 / (1 + Math.exp(-logits[at])));
      return;
    }
    float greatest = Float.NEGATIVE_INFINITY; // so that no power overflows
    for (int k = 0; k < outputs; k++) {
      greatest = Math.max(greatest, logits[at + k * stride]);
    }
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      sum += Math.exp(logits[at + k * stride] - greatest);
    }
    for (int k = 0; k < outputs; k++) {
      values[k * pixels + pixel] = (float) (Math.exp(logits[at + k * stride] - greatest) / sum);
    }
  }
}
