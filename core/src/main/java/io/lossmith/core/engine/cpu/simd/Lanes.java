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

  private Lanes() {}
}
