package io.lossmith.core.engine.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The widest vectors that pay on this machine.
 *
 * <p>Loops load and broadcast by {@link FloatVector}'s own methods, never by a shorter name of
 * ours: those are inlined always, ours only where the compiler thinks the place busy, and where it
 * does not, each vector becomes an object for as long as the program runs.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** How many floats one vector holds. */
  static final int LANES = SPECIES.length();

  /**
   * Whether it costs next to nothing to choose by a comparison. On Java 17, of vectors of 512 bits,
   * it is a vector that is compared again wherever it chooses: there bits choose faster.
   */
  static final boolean COMPARES_WELL =
      SPECIES.vectorBitSize() < 512 || Runtime.version().feature() > 17;

  /**
   * Whether a loop may read as many arrays as it likes. Java 17 works out the place in each anew
   * for each vector, and when it has no register left for an array brings it from a vector
   * register.
   */
  static final boolean ADDRESSES_WELL = Runtime.version().feature() > 17;

  private Lanes() {}
}
