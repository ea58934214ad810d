package io.lossmith.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTests {
  private static final List<String> NAMES = List.of("dice", "focal", "cross-entropy");

  @Test
  void aSlipIsFound() {
    for (String slip : List.of("dise", "dce", "diced", "idce", "DICE")) {
      assertThat(Spelling.nearest(slip, NAMES)).as(slip).contains("dice");
    }
    assertThat(Spelling.nearest("crossentropy", NAMES)).contains("cross-entropy");
    assertThat(Spelling.nearest("dice", List.of())).isEmpty();
  }

  @Test
  void anotherWordIsNotLikeIt() {
    assertThat(Spelling.isLike("dise", "dice")).isTrue();
    assertThat(Spelling.isLike("mse", "dice")).isFalse();
    assertThat(Spelling.isLike("crossentropie", "cross-entropy")).isTrue();
    assertThat(Spelling.isLike("x", "y")).isTrue();
  }
}
