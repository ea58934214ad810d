package io.lossmith.app.loss;

/**
 * Says that a network gives logits: where a loss has an option {@code activation} and none is
 * given, it gets sigmoid (one class) or softmax. Losses within losses are treated alike.
 */
public final class Activations {
  private Activations() {}

  /** Returns the loss with its activation filled in. */
  public static LossSpec fill(LossSpec spec, int classes) {
    return MissingOption.fill(spec, "activation", classes == 1 ? "sigmoid" : "softmax");
  }
}
