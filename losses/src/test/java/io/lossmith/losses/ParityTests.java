package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PyTorch, torchvision, MONAI and segmentation_models.pytorch say of the same numbers. */
class ParityTests {
  private static final Path CASES = Path.of("src/test/resources/cases");

  static Stream<ParityCase> cases() throws IOException {
    return ParityCase.in(CASES).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(ParityCase one) {
    assertThat(one.failure()).as("%s", one).isNull();
  }

  @Test
  void thereAreCasesForTheLossesThatPeersHave() throws IOException {
    List<String> ids = cases().map(ParityCase::loss).distinct().toList();
    assertThat(ids).contains("bce", "bce-with-logits", "cross-entropy", "nll", "focal", "dice");
    assertThat(ids).contains("iou", "box-iou", "multi-scale", "context-attention", "sum");
    assertThat(ids).contains("boundary", "hausdorff-dt", "log-hausdorff-dt");
    assertThat(ids).contains("cl-dice", "dice-cl-dice", "ssim");
    assertThat(ids).contains("lovasz-hinge", "lovasz-softmax", "top-k", "unified-focal", "mcc");
    assertThat(ids).contains("wasserstein-dice", "deep-supervision");
  }
}
