package io.lossmith.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aparapi.Kernel;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.opencl.OpenClEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What Aparapi cannot do is an error, and never done elsewhere in silence. */
@NeedsDevice
class AparapiDriverTests {
  private static final Device DEVICE = Devices.here().preferred();

  /** A kernel that nobody can translate: there are no objects on a device. */
  public static final class Broken extends Kernel {
    public float[] down = {0};

    @Override
    public void run() {
      down[0] = new Object().hashCode();
    }
  }

  @Test
  void aKernelThatCannotBeTranslatedIsNotBuilt() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> DEVICE.runner().build(new Broken(), DEVICE))
          .isInstanceOf(Driver.BuildFailure.class)
          .message()
          .isNotBlank()
          .doesNotContain("\n");
    }
  }

  /** Aparapi would print one. */
  @Test
  void aFailurePrintsNoStackTrace() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      aKernelThatCannotBeTranslatedIsNotBuilt();
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
  }

  @Test
  void theDeviceGoesOnAfterAFailure() {
    aKernelThatCannotBeTranslatedIsNotBuilt();
    Sample sample = Samples.all().get(0);
    sample.require(sample.run(new OpenClEngine()));
  }
}
