package io.lossmith.cookbook;

import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.NeedsDevice;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compiling takes seconds there, so the real size is for a few that differ in what they do. */
@NeedsDevice
class OpenClTests {
  private static final Set<String> AT_REAL_SIZE =
      Set.of("combo", "focal_dice", "active_contour", "structural_similarity", "contrastive");

  @TestFactory
  Stream<DynamicTest> numbersAreThoseOfPyTorch() throws IOException {
    return Case.tests(
        Engines.byName("opencl"),
        one ->
            one.size().equals("small")
                || one.size().equals("real") && AT_REAL_SIZE.contains(one.name()));
  }
}
