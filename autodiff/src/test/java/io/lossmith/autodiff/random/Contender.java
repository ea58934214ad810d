package io.lossmith.autodiff.random;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.cpu.CpuEngines;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine under test.
 *
 * @param name {@code simd}, {@code plain}, or an engine's own
 * @param engine on one thread, where that means something to it
 * @param isJoint whether its programs take so long to compile that formulas share one
 */
record Contender(String name, Engine engine, boolean isJoint) {
  /**
   * Returns the contender of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Contender of(String name) {
    return switch (name) {
      case "simd" -> new Contender(name, CpuEngines.simd().withThreads(1), false);
      case "plain" -> new Contender(name, CpuEngines.plain().withThreads(1), false);
      default -> new Contender(name, Engines.byName(name), !name.equals("reference"));
    };
  }

  /** Returns the CPU engine with each kind of kernels there is here. */
  static List<Contender> cpu() {
    List<Contender> contenders = new ArrayList<>(List.of(of("plain")));
    if (CpuEngines.hasSimd()) {
      contenders.add(0, of("simd"));
    }
    return contenders;
  }
}
