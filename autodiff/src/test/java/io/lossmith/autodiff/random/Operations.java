package io.lossmith.autodiff.random;

import java.util.List;
import java.util.Random;

/** The table of all operations, by kind. */
final class Operations {
  private record Kind(int weight, List<Operation> rows) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(3, Pointwise.ROWS),
          new Kind(2, Arithmetic.ROWS),
          new Kind(2, Comparisons.ROWS),
          new Kind(4, Foldings.ROWS),
          new Kind(4, Moving.ROWS),
          new Kind(3, Pairs.ROWS),
          new Kind(3, Idioms.ROWS),
          new Kind(2, Sequences.ROWS),
          new Kind(2, Pictures.ROWS));

  private static final int WEIGHTS = KINDS.stream().mapToInt(Kind::weight).sum();

  private Operations() {}

  /** Returns the whole table. */
  static List<Operation> all() {
    return KINDS.stream().flatMap(kind -> kind.rows().stream()).toList();
  }

  /** Returns one of them; kinds as often as their weights say. */
  static Operation any(Random random) {
    int at = random.nextInt(WEIGHTS);
    for (Kind kind : KINDS) {
      at -= kind.weight();
      if (at < 0) {
        return kind.rows().get(random.nextInt(kind.rows().size()));
      }
    }
    throw new IllegalStateException("operations: weights do not add up");
  }
}
