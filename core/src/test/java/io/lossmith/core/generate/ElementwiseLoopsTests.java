package io.lossmith.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ElementwiseLoopsTests {
  @TestFactory
  Stream<DynamicTest> everyFileIsAsItsRowsSay() {
    return ElementwiseLoops.files().entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getKey().getFileName().toString(),
                    () -> require(file.getKey(), file.getValue())));
  }

  private static void require(Path path, Regions regions) throws IOException {
    String file = Files.readString(path);
    assertThat(withoutLayout(file))
        .as("%s: run ElementwiseLoops, as its Javadoc says", path)
        .isEqualTo(withoutLayout(regions.in(file)));
  }

  private static String withoutLayout(String source) {
    return source.replaceAll("\\s+", "");
  }
}
