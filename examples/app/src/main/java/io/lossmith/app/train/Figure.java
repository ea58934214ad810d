package io.lossmith.app.train;

/** What is kept of each step. */
public enum Figure {
  /** The loss of its batch. */
  LOSS("loss"),

  /** How far it went. */
  RATE("learningRate"),

  /** The root of the sum of all squared gradients. */
  GRADIENT_NORM("gradientNorm");

  private final String key;

  Figure(String key) {
    this.key = key;
  }

  /** Returns what files call it. */
  public String key() {
    return key;
  }
}
