package io.lossmith.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class LauncherTests {
  @Test
  void givesJavaTheOptionsThatSparkNeeds() throws IOException {
    String script = Files.readString(Path.of("run"));
    assertThat(JavaModuleOptions.defaultModuleOptionArray())
        .filteredOn(option -> !option.contains("jdk.incubator.vector")) // all examples have it
        .isNotEmpty()
        .allSatisfy(option -> assertThat(script).contains("  " + option + "\n"));
  }
}
