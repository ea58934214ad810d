package io.lossmith.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.engine.Engines;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTests {
  private final StringWriter written = new StringWriter();

  private void takeTurns(String lines) {
    BufferedReader in = new BufferedReader(new StringReader(lines));
    new Bench(Engines.defaultEngine(), 1).takeTurns(in, new PrintWriter(written));
  }

  @Test
  void eachLineIsATurnUntilOneIsEmpty() {
    assertThatThrownBy(() -> takeTurns("0.001\n.002\n\n1e-3\nstop\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("\"stop\", must be seconds above 0");
    assertThat(written.toString().lines().map(line -> line.matches("[\\d.e+-]+") ? "ms" : line))
        .containsExactly(
            "bce-with-logits + dice\t[8, 1, 512, 512]",
            "ms",
            "ms",
            "bce-with-logits + dice\t[1, 1, 512, 512]",
            "ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "1e9", "1 2"})
  void aTurnIsSeconds(String line) {
    assertThatThrownBy(() -> Bench.seconds(line))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("\"" + line + "\", must be seconds above 0, at most 3600, or empty");
  }
}
