package io.lossmith.opencl.device;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.internal.opencl.OpenCLPlatform;
import com.aparapi.natives.NativeLoader;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.SystemProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The devices that OpenCL offers here, found once.
 *
 * @param all in the order of the platforms
 * @param missing why there is none, in words; nothing where there are some
 * @param idle the platforms that have none
 */
public record Devices(List<Device> all, String missing, IdlePlatforms idle) {
  /** Which device to take where none is named: a number, or part of a name. */
  static final String PROPERTY = "lossmith.opencl.device";

  /** Returns the devices of this machine. */
  public static Devices here() {
    return Found.DEVICES;
  }

  /**
   * Returns the device that is taken where none is named: the one of {@link #PROPERTY}, else the
   * graphics processor with the largest memory, else what there is.
   *
   * @throws EngineException if there is no device
   * @throws IllegalArgumentException if the property names none, or several
   */
  public Device preferred() {
    String asked = SystemProperty.text(PROPERTY);
    if (asked != null) {
      return named(asked, "-D" + PROPERTY + ": ");
    }
    return all.stream()
        .max(
            Comparator.comparing((Device device) -> !device.isProcessor())
                .thenComparing(Device::memory)
                .thenComparing(Device::index, Comparator.reverseOrder()))
        .orElseThrow(this::none);
  }

  /**
   * Returns a device.
   *
   * @param name its number, its name, or a part of its name that no other has
   * @throws EngineException if there is no device at all
   * @throws IllegalArgumentException if none or several match
   */
  public Device named(String name) {
    return named(name, "opencl: device ");
  }

  private Device named(String name, String who) {
    if (all.isEmpty()) {
      throw none();
    }
    for (Device device : all) {
      if (name.equals(Integer.toString(device.index()))) {
        return device;
      }
    }
    List<Device> same = all.stream().filter(d -> d.name().equalsIgnoreCase(name)).toList();
    String part = name.toLowerCase(Locale.ROOT);
    List<Device> found =
        same.isEmpty()
            ? all.stream().filter(d -> d.name().toLowerCase(Locale.ROOT).contains(part)).toList()
            : same;
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        who
            + '"'
            + name
            + "\" is "
            + (found.isEmpty()
                ? "none of " + list(all) + idle.andAdvice()
                : "one of several, must be one; use a number of " + list(found)));
  }

  private static String list(List<Device> devices) {
    return devices.stream()
        .map(d -> d.index() + " (" + d.name() + ")")
        .collect(Collectors.joining(", "));
  }

  private EngineException none() {
    return new EngineException(
        "opencl: no device: " + missing + "; or use the engine cpu, which needs none");
  }

  /** Asks the drivers when first asked, not when the class is loaded. */
  private static final class Found {
    static final Devices DEVICES = find(true);
  }

  /**
   * Asks the drivers.
   *
   * @param isSharing whether processors may compute in our arrays; graphics processors never do
   */
  public static Devices find(boolean isSharing) {
    QuietLibrary.load();
    Aparapi.prepare();
    String system = System.getProperty("os.name", "");
    String processor = System.getProperty("os.arch", "");
    try {
      if (!OpenCLLoader.isOpenCLAvailable()) {
        return none(unloadable(system, processor, obstacle()));
      }
      List<Device> devices = new ArrayList<>();
      List<String> without = new ArrayList<>();
      for (OpenCLPlatform platform : OpenCLPlatform.getUncachedOpenCLPlatforms()) {
        if (platform.getOpenCLDevices().isEmpty()) {
          without.add(String.valueOf(platform.getName()).strip());
        }
        for (OpenCLDevice handle : platform.getOpenCLDevices()) {
          Device device = new Device(devices.size(), handle);
          handle.setSharedMemory(isSharing && device.isProcessor());
          devices.add(device);
        }
      }
      IdlePlatforms idle = IdlePlatforms.here(without);
      return devices.isEmpty() ? none(driverless(idle)) : new Devices(devices, "", idle);
    } catch (LinkageError | RuntimeException e) {
      return none(unloadable(system, processor, e.toString()));
    }
  }

  private static Devices none(String missing) {
    return new Devices(List.of(), missing, IdlePlatforms.NONE);
  }

  private static String driverless(IdlePlatforms idle) {
    return "the OpenCL loader finds "
        + (idle.names().isEmpty() ? "no platform" : "no device of " + idle)
        + idle.andAdvice()
        + "; install the driver of the graphics card, or pocl-opencl-icd for the processor";
  }

  /** Returns why Aparapi's library cannot be loaded, which Aparapi itself does not tell. */
  private static String obstacle() {
    try {
      NativeLoader.load();
      return "for a reason that is gone";
    } catch (IOException | LinkageError | RuntimeException e) {
      // Before the first ": " stands the name of a temporary file.
      String reason = String.valueOf(e.getMessage());
      return reason.substring(reason.indexOf(": ") < 0 ? 0 : reason.indexOf(": ") + 2);
    }
  }

  private static String unloadable(String system, String processor, String reason) {
    if (system.startsWith("Mac") && processor.equals("aarch64")) {
      return "Aparapi has no library for Macs with Apple silicon";
    }
    return "the OpenCL library or Aparapi's own cannot be loaded on "
        + system
        + " "
        + processor
        + " ("
        + reason
        + "); install an OpenCL loader (Debian: ocl-icd-libopencl1) and a driver";
  }
}
