package io.lossmith.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aparapi.device.Device.TYPE;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import io.lossmith.core.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a device is named and chosen; these are made up, so they need none. */
class DevicesTests {
  private static final OpenCLPlatform PLATFORM = new OpenCLPlatform(0, "v3", "Some", "Platform");

  @AfterEach
  void forgetTheProperty() {
    System.clearProperty(Devices.PROPERTY);
  }

  private static Devices devices(Object... namesTypesMemories) {
    List<Device> all = new ArrayList<>();
    for (int i = 0; i < namesTypesMemories.length; i += 3) {
      OpenCLDevice handle = new OpenCLDevice(PLATFORM, i, (TYPE) namesTypesMemories[i + 1]);
      handle.setName((String) namesTypesMemories[i]);
      handle.setGlobalMemSize(((Number) namesTypesMemories[i + 2]).longValue());
      all.add(new Device(all.size(), handle));
    }
    return new Devices(all, "", IdlePlatforms.NONE);
  }

  private static final Devices THREE =
      devices("Xeon", TYPE.CPU, 100L, "Radeon 7", TYPE.GPU, 8L, "Radeon 9", TYPE.GPU, 16L);

  @Test
  void theLargestGraphicsProcessorIsPreferred() {
    assertThat(THREE.preferred().name()).isEqualTo("Radeon 9");
    assertThat(devices("Xeon", TYPE.CPU, 100L).preferred().name()).isEqualTo("Xeon");
    assertThat(devices("A", TYPE.GPU, 8L, "B", TYPE.GPU, 8L).preferred().index()).isZero();
  }

  @Test
  void aPropertyNamesAnother() {
    System.setProperty(Devices.PROPERTY, "xeon");
    assertThat(THREE.preferred().index()).isZero();
    System.setProperty(Devices.PROPERTY, "1");
    assertThat(THREE.preferred().name()).isEqualTo("Radeon 7");
    System.setProperty(Devices.PROPERTY, " ");
    assertThat(THREE.preferred().name()).isEqualTo("Radeon 9");
  }

  @Test
  void aPropertyThatNamesNoneIsAnError() {
    System.setProperty(Devices.PROPERTY, "geforce");
    assertThatThrownBy(THREE::preferred)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Dlossmith.opencl.device: \"geforce\" is none of 0 (Xeon), 1 (Radeon 7), 2 (Radeon 9)");
    System.setProperty(Devices.PROPERTY, "radeon");
    assertThatThrownBy(THREE::preferred)
        .hasMessageStartingWith("-Dlossmith.opencl.device: \"radeon\" is one of several, ");
  }

  @Test
  void aDeviceIsNamedByNumberNameOrPart() {
    assertThat(THREE.named("2").name()).isEqualTo("Radeon 9");
    assertThat(THREE.named("radeon 7").index()).isEqualTo(1);
    assertThat(THREE.named("9").name()).isEqualTo("Radeon 9");
    assertThat(devices("Radeon", TYPE.GPU, 1L, "Radeon Pro", TYPE.GPU, 1L).named("Radeon").index())
        .isZero();
  }

  @Test
  void severalThatMatchAreListed() {
    assertThatThrownBy(() -> THREE.named("radeon"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "opencl: device \"radeon\" is one of several, must be one; use a number of"
                + " 1 (Radeon 7), 2 (Radeon 9)");
    assertThatThrownBy(() -> devices("A", TYPE.GPU, 1L, "A", TYPE.GPU, 1L).named("A"))
        .hasMessageContaining("0 (A), 1 (A)");
  }

  @Test
  void aPlatformWithoutDevicesIsNamedToWhoeverLooksForOne() {
    IdlePlatforms idle = new IdlePlatforms(List.of("Clover", "rusticl"), "radeon");
    assertThatThrownBy(() -> new Devices(THREE.all(), "", idle).named("llvmpipe"))
        .hasMessageStartingWith(
            "opencl: device \"llvmpipe\" is none of 0 (Xeon), 1 (Radeon 7), 2 (Radeon 9); for"
                + " rusticl, RUSTICL_ENABLE is \"radeon\", must name Mesa's driver of the card");
    assertThat(new IdlePlatforms(List.of("Clover"), null).advice()).isEmpty();
  }

  @Test
  void whereThereIsNoDeviceItSaysWhy() {
    String missing = "the OpenCL loader finds no platform";
    Devices none = new Devices(List.of(), missing, IdlePlatforms.NONE);
    for (Runnable use : List.<Runnable>of(none::preferred, () -> none.named("0"))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "opencl: no device: the OpenCL loader finds no platform; or use the engine cpu,"
                  + " which needs none");
    }
  }
}
