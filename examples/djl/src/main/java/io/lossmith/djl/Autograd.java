package io.lossmith.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** What DJL's autograd does at the moment, which DJL has no words to ask for. */
final class Autograd {
  private static final String ASKED = "PyTorch";

  private Autograd() {}

  /**
   * Returns whether gradients flow back through an array; {@code hasGradient} says so only of those
   * where they end. Engines other than PyTorch are not asked: true.
   */
  static boolean reaches(NDArray array) {
    boolean asked = array.getManager().getEngine().getEngineName().equals(ASKED);
    if (!asked || array.isEmpty()) {
      return true;
    }
    try {
      // A view of a number, for nothing of the array itself may change.
      array.flatten().get(0).setRequiresGradient(false);
      return false;
    } catch (EngineException e) { // what is computed from others cannot be told so
      return true;
    }
  }

  /** Returns whether a gradient collector is open on this thread. */
  static boolean isCollecting(NDManager manager) {
    NDArray leaf = manager.ones(new Shape(1));
    leaf.setRequiresGradient(true);
    return reaches(leaf);
  }
}
