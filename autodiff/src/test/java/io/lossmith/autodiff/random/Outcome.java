package io.lossmith.autodiff.random;

/**
 * What an engine made of a formula.
 *
 * @param kind of difference, which is what differences are counted by; or why the formula is left
 *     out
 * @param numbers in one line
 */
record Outcome(State state, String kind, String numbers) {
  /** Whether there is something to report. */
  enum State {
    /** All is as the reference says. */
    AGREES,
    /** The reference itself cannot tell. */
    LEFT_OUT,
    /** It is not as it must be. */
    DIFFERS
  }

  static final Outcome AGREES = new Outcome(State.AGREES, "", "");

  static Outcome leftOut(String why) {
    return new Outcome(State.LEFT_OUT, why, "");
  }

  static Outcome differs(String kind, String numbers) {
    return new Outcome(State.DIFFERS, kind, numbers);
  }

  /** Returns an exception as a kind: its type, its words without numbers, its place. */
  static Outcome thrown(String when, Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    String words = message.replaceAll("\\d+", "#");
    StringBuilder kind = new StringBuilder("throws " + thrown.getClass().getSimpleName());
    kind.append(when.isEmpty() ? "" : " " + when).append(": ");
    kind.append(words, 0, Math.min(80, words.length()));
    int shown = 0;
    for (StackTraceElement place : thrown.getStackTrace()) {
      if (place.getClassName().startsWith("io.lossmith.") && shown++ < 2) {
        kind.append(" @ ").append(place.getFileName()).append(':').append(place.getLineNumber());
      }
    }
    return differs(kind.toString(), message);
  }

  boolean differs() {
    return state == State.DIFFERS;
  }

  boolean isLeftOut() {
    return state == State.LEFT_OUT;
  }
}
