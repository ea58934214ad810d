package io.lossmith.opencl.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Platforms of OpenCL that have no device here.
 *
 * @param names as they call themselves
 * @param enabled what {@link #VARIABLE} says, if it is set
 */
public record IdlePlatforms(List<String> names, @Nullable String enabled) {
  /** Mesa's rusticl has only devices of the drivers that this names. */
  static final String VARIABLE = "RUSTICL_ENABLE";

  static final IdlePlatforms NONE = new IdlePlatforms(List.of(), null);

  private static final String RUSTICL = "rusticl";

  static IdlePlatforms here(List<String> names) {
    return new IdlePlatforms(List.copyOf(names), System.getenv(VARIABLE));
  }

  /** Returns what gives them devices; nothing if nothing is known to. */
  public String advice() {
    if (!names.contains(RUSTICL)) {
      return "";
    }
    return "for "
        + RUSTICL
        + ", "
        + VARIABLE
        + " is "
        + (enabled == null ? "not set" : '"' + enabled + '"')
        + ", must name Mesa's driver of the card, such as radeonsi (AMD), iris (Intel), asahi"
        + " (Apple), or llvmpipe for the processor";
  }

  /** Returns the advice as the end of a message. */
  String andAdvice() {
    return advice().isEmpty() ? "" : "; " + advice();
  }

  /** Returns the names in one line. */
  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
