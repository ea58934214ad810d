package io.lossmith.spark;

import java.io.Serializable;

/**
 * What became of a worker; travels back to the driver.
 *
 * @param rank its number
 * @param mistake in one line what must be put right before there is any use in starting again;
 *     empty where all went well
 * @param said what it printed
 */
record WorkerOutcome(int rank, String mistake, String said) implements Serializable {
  boolean isGood() {
    return mistake.isEmpty();
  }
}
