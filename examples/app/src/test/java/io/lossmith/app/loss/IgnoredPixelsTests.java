package io.lossmith.app.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoredPixelsTests {
  @Test
  void labelsAreFoundInLossesAndInLossesWithin() {
    List<LossSpec> specs =
        List.of(
            LossSpec.parse("dice,ignoreIndex=250"),
            LossSpec.parse("top-k,loss={\"loss\":\"focal\",\"options\":{\"ignoreIndex\":65535}}"),
            LossSpec.parse("cross-entropy"));
    assertThat(IgnoredPixels.named(specs)).containsExactlyInAnyOrder(250, 65535);
  }

  @Test
  void allLossesLeaveOutOneLabel() {
    List<LossSpec> specs =
        IgnoredPixels.leaveOut(
            List.of(
                LossSpec.parse("dice,ignoreIndex=250"),
                LossSpec.parse("cross-entropy"),
                LossSpec.parse("top-k,loss={\"loss\":\"focal\"}")),
            255);
    assertThat(specs.get(0).options()).containsEntry("ignoreIndex", 255);
    assertThat(specs.get(1).options()).containsEntry("ignoreIndex", 255);
    assertThat(IgnoredPixels.named(specs)).containsExactly(255);
  }

  @Test
  void aLossThatCannotIsRefused() {
    assertThatThrownBy(() -> IgnoredPixels.leaveOut(List.of(LossSpec.parse("ciou")), 255))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("ciou takes no ignoreIndex");
  }
}
