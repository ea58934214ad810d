package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.engine.reference.Anomaly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemPropertyTests {
  private static final String NAME = "lossmith.of.this.test";

  @AfterEach
  void forgetTheProperties() {
    System.clearProperty(NAME);
    System.clearProperty("lossmith.anomaly");
  }

  @Test
  void whatIsNotSetIsTheDefault() {
    assertThat(SystemProperty.count(NAME, 5, 99, "for 5")).isEqualTo(5);
    assertThat(SystemProperty.flag(NAME, true)).isTrue();
    assertThat(SystemProperty.flag(NAME, false)).isFalse();
    assertThat(SystemProperty.text(NAME)).isNull();
  }

  @Test
  void whatIsSetIsReadWithoutBlanks() {
    System.setProperty(NAME, " 12 ");
    assertThat(SystemProperty.count(NAME, 5, 99, "for 5")).isEqualTo(12);
    assertThat(SystemProperty.text(NAME)).isEqualTo("12");
    System.setProperty(NAME, " ");
    assertThat(SystemProperty.text(NAME)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "-1", "two", "1.5", "", " ", "99999999999"})
  void whatIsNoCountIsAnError(String value) {
    System.setProperty(NAME, value);
    assertThatThrownBy(() -> SystemProperty.count(NAME, 5, 99, "for 5"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Dlossmith.of.this.test is \""
                + value
                + "\", must be a whole number in 1..99; leave it out for 5");
  }

  @Test
  void aFlagIsTrueOrFalse() {
    for (String yes : new String[] {"", "true", "TRUE", " true "}) {
      System.setProperty(NAME, yes);
      assertThat(SystemProperty.flag(NAME, false)).as(yes).isTrue();
    }
    for (String no : new String[] {"false", "False"}) {
      System.setProperty(NAME, no);
      assertThat(SystemProperty.flag(NAME, true)).as(no).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no", "1", "ture"})
  void whatIsNoFlagIsAnError(String value) {
    System.setProperty(NAME, value);
    assertThatThrownBy(() -> SystemProperty.flag(NAME, true))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Dlossmith.of.this.test is \"" + value + "\", must be true or false");
  }

  @Test
  void theAnomalyModeIsAFlag() {
    System.setProperty("lossmith.anomaly", "on");
    assertThatThrownBy(Anomaly::isWatching)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Dlossmith.anomaly is \"on\", must be true or false");
    System.setProperty("lossmith.anomaly", "FALSE");
    assertThat(Anomaly.isWatching()).isFalse();
    System.setProperty("lossmith.anomaly", "");
    assertThat(Anomaly.isWatching()).isTrue();
  }
}
