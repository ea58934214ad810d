package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** No driver passes for another, and one that is missing is named. */
class OpenClDriverTests {
  private static final String DEVICE = "Xeon, CPU of Some; %s, OpenCL 3.0; 2 compute units";
  private static final Map<String, String> RUSTICL = Map.of("0", DEVICE.formatted("rusticl"));

  @Test
  void theOneThatIsThereIsTested() {
    assertThat(OpenClDriver.RUSTICL.missing(RUSTICL)).isNull();
  }

  @Test
  void theOneThatIsNotIsNamedWithWhatBringsIt() {
    assertThat(OpenClDriver.RUSTICL.missing(Map.of()))
        .isEqualTo("no device of rusticl; Debian: mesa-opencl-icd brings it");
    assertThat(OpenClDriver.INTEL.missing(Map.of())).endsWith("/intel/install brings it");
  }

  @Test
  void anotherIsAnError() {
    assertThatThrownBy(() -> OpenClDriver.POCL.missing(RUSTICL))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "opencl: device 0 is \"Xeon, CPU of Some; rusticl, OpenCL 3.0; 2 compute units\","
                + " must be of Portable Computing Language; see OCL_ICD_VENDORS");
  }

  @Test
  void namesAreThoseOfTheirFolders() {
    assertThat(OpenClDriver.named("")).isNull();
    assertThat(OpenClDriver.named("oclgrind")).isEqualTo(OpenClDriver.OCLGRIND);
    assertThatThrownBy(() -> OpenClDriver.named("nvidia"))
        .hasMessage(
            "-Dlossmith.opencl.driver: \"nvidia\" is none of [pocl, rusticl, oclgrind, intel]");
  }
}
