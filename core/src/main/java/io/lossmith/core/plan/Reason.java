package io.lossmith.core.plan;

/** Why a value is written to memory instead of being computed wherever it is needed. */
public enum Reason {
  /** The program returns it. */
  OUTPUT("an output"),
  /** An operation on whole arrays makes it. */
  WHOLE_ARRAY_RESULT("made by an operation on whole arrays"),
  /** An operation on whole arrays reads it. */
  WHOLE_ARRAY_OPERAND("read by an operation on whole arrays"),
  /** Several values are laid side by side in it. */
  JOINED_PARTS("parts laid side by side"),
  /** It folds more than a tile holds, so all of its loop must be over before it is known. */
  GLOBAL_FOLD("a fold over more than one place at a time holds"),
  /** It counts the elements that break a check. */
  CHECK("counts what breaks a check"),
  /** It is so much smaller than what is computed from it that it is computed once, before. */
  MUCH_SMALLER("much smaller than what is computed from it"),
  /** So many operations have come together that they would ask for too much scratch memory. */
  CHAIN_TOO_LONG("the end of a long chain of operations"),
  /** It is read in an order that no strides can express, unless it is laid out first. */
  NO_STRIDES("read in an order that it cannot be computed in"),
  /** A later loop needs it again, and reads it back sooner than it would compute it. */
  REUSED_LATER("needed again by a later loop, which reads it sooner than it computes it"),
  /** It is compared with what is made of itself, and this engine may compute it otherwise twice. */
  COMPARED("compared with what is made of itself"),
  /** No loop can hold it together with what is computed from it. */
  NO_LOOP_FITS("its axes and those of what is computed from it fit no common loop");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  /** Returns the reason in words, for {@code explain()}. */
  public String words() {
    return words;
  }
}
