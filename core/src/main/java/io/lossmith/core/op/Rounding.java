package io.lossmith.core.op;

/** How near the result of an elementwise operation in float is to its formula. */
public enum Rounding {
  /** The result for floats is a float: nothing is rounded. */
  EXACT,
  /** It is the float nearest to the formula. */
  NEAREST,
  /** It is off by some units in the last place, by how many is up to the engine. */
  APPROXIMATE
}
