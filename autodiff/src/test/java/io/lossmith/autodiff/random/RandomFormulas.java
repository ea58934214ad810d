package io.lossmith.autodiff.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Random formulas as a test of engines. */
public final class RandomFormulas {
  private static final String SEED = "lossmith.random.seed";

  /** The share that the reference cannot judge. */
  private static final double MOST_UNSTABLE = 0.02;

  /** Of fewer formulas, of which some are asked, the share is a matter of luck. */
  private static final int MANY = 3000;

  private RandomFormulas() {}

  /**
   * Fails, with the smallest formulas there are, unless engines compute them as the reference does.
   *
   * @param from the first seed
   * @param engines {@code simd}, {@code plain}, or an engine's own name
   */
  public static void check(long from, int count, List<String> engines) {
    Tally tally = new Tally();
    List<Contender> contenders = engines.stream().map(Contender::of).toList();
    Hunt.run(from, from + count, contenders, tally, Hunt.FOREVER, false);
    assertThat(tally.differing()).as("%s", tally.summary()).isZero();
    if (count >= MANY) {
      assertThat(tally.unstable()).as("%s", tally.summary()).isLessThan(MOST_UNSTABLE);
    }
    assertThat(tally.compared()).isGreaterThanOrEqualTo(count * engines.size() * 9 / 10);
  }

  /** Returns the names of the CPU engine with each kind of kernels there is here. */
  public static List<String> cpu() {
    return Contender.cpu().stream().map(Contender::name).toList();
  }

  /**
   * Returns a first seed that is another one in each build, unless {@code -Dlossmith.random.seed}
   * says which; prints it.
   */
  public static long changingSeed() {
    long clock = System.currentTimeMillis() / 1000 % 1_000_000;
    long seed = Long.getLong(SEED, 1_000_000 * (1 + clock));
    System.out.println("random formulas from -D" + SEED + "=" + seed);
    return seed;
  }
}
