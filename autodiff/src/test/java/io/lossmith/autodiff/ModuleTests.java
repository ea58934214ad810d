package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleTests {
  @Test
  void needsTheCoreAndNothingElseToRun() throws Exception {
    assertThat(
            descriptor().requires().stream()
                .filter(requires -> !requires.modifiers().contains(Modifier.STATIC))
                .map(Requires::name))
        .containsExactlyInAnyOrder("java.base", "io.lossmith.core");
  }

  private static ModuleDescriptor descriptor() throws IOException {
    for (Path folder : List.of(Path.of("target/classes"), Path.of("autodiff/target/classes"))) {
      Path file = folder.resolve("module-info.class");
      if (Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          return ModuleDescriptor.read(in);
        }
      }
    }
    return Tensor.class.getModule().getDescriptor();
  }
}
