package io.lossmith.core.engine;

import java.util.Arrays;
import java.util.Locale;

/** How many cases the tests of OpenCL take, of those there are. */
public enum OpenClCases {
  /** So few and so small that a simulator is done with them in minutes. */
  FEW,

  /** Some of each kind. */
  USUAL,

  /** All, which takes many minutes. */
  ALL;

  private static final String PROPERTY = "lossmith.opencl.cases";

  /** A simulator takes a second for so many. */
  private static final long NUMBERS_OF_FEW = 20_000;

  /** Returns what {@code -Dlossmith.opencl.cases} asks for, else {@link #USUAL}. */
  public static OpenClCases asked() {
    String name = System.getProperty(PROPERTY, "usual");
    return Arrays.stream(values())
        .filter(cases -> cases.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "-D%s: \"%s\" is none of %s"
                        .formatted(PROPERTY, name, Arrays.toString(values()))));
  }

  /** Tells whether a sample is small enough. */
  public boolean takes(Sample sample) {
    return this != FEW || sample.numbers() <= NUMBERS_OF_FEW;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
