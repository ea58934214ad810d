package io.lossmith.dl4j;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.factory.Environment;

/** Says once where the time goes if ND4J's arrays are not where losses are computed. */
final class HostCopies {
  private static final Logger LOG = System.getLogger(LossmithLossFunction.class.getName());

  private final AtomicBoolean said = new AtomicBoolean();

  void say(Environment environment) {
    if (!environment.isCPU() && !said.getAndSet(true)) {
      LOG.log(
          Level.WARNING,
          LossmithLossFunction.WHO
              + ": ND4J's arrays are on a GPU; each batch is copied to the processor, where the loss"
              + " is computed, and its gradient back");
    }
  }
}
