package io.lossmith.core.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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

  /** Returns the samples it takes of every so many one. */
  public List<Sample> spread(int every) {
    List<Sample> all = Samples.all();
    return IntStream.range(0, all.size())
        .filter(i -> i % every == 0)
        .mapToObj(all::get)
        .filter(this::takes)
        .toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
