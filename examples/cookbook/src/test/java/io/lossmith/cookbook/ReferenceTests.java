package io.lossmith.cookbook;

import io.lossmith.core.engine.Engines;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The engine that judges the others; at the real size it would take minutes. */
class ReferenceTests {
  @TestFactory
  Stream<DynamicTest> numbersAreThoseOfPyTorch() throws IOException {
    return Case.tests(Engines.byName("reference"), one -> !one.size().equals("real"));
  }
}
