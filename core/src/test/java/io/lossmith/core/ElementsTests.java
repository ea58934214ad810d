package io.lossmith.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElementsTests {
  @Test
  void nullIsNamedWithItsIndex() {
    assertThatNullPointerException()
        .isThrownBy(() -> Elements.copyOf(Arrays.asList("a", null), "words"))
        .withMessage("words[1] is null");
    assertThatNullPointerException()
        .isThrownBy(() -> Elements.copyOf(new HashSet<>(Arrays.asList((String) null)), "words"))
        .withMessage("words[0] is null");
    assertThatNullPointerException()
        .isThrownBy(() -> Elements.require(new String[] {"a", "b", null}, "words"))
        .withMessage("words[2] is null");
    assertThatNullPointerException()
        .isThrownBy(() -> Elements.requireNone(null, "words"))
        .withMessage("words");
  }

  @Test
  void whatIsWholeIsCopiedOrStays() {
    List<String> words = new ArrayList<>(List.of("a", "b"));
    List<String> copy = Elements.copyOf(words, "words");
    words.clear();
    assertThat(copy).containsExactly("a", "b").isUnmodifiable();
    assertThat(Elements.copyOf(Set.of("a"), "words")).containsExactly("a").isUnmodifiable();
    String[] array = {"a"};
    assertThat(Elements.require(array, "words")).isSameAs(array);
  }
}
