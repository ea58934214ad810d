package io.lossmith.core.engine.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The widest vectors that pay on this machine. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** How many floats one vector holds. */
  static final int LANES = SPECIES.length();

  private Lanes() {}

  static FloatVector load(float[] a, int at) {
    return FloatVector.fromArray(SPECIES, a, at);
  }

  static FloatVector all(float x) {
    return FloatVector.broadcast(SPECIES, x);
  }
}
