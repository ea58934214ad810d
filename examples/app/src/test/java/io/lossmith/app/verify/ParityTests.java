package io.lossmith.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.core.engine.Engines;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What PyTorch, torchvision, MONAI and segmentation_models.pytorch say of the same numbers. */
class ParityTests {
  private final CaseRunner runner = new CaseRunner(Engines.defaultEngine());

  @TestFactory
  Stream<DynamicTest> numbersAreThoseOfOthers() {
    return ParityCases.all().stream()
        .map(one -> dynamicTest(one.id(), () -> assertThat(runner.run(one).complaint()).isNull()));
  }
}
