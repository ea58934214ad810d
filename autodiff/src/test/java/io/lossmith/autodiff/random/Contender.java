package io.lossmith.autodiff.random;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.cpu.CpuEngines;
import io.lossmith.core.shard.WorkersEngine;
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
  /** Several workers, each with some of the samples. */
  static final String WORKERS = "workers";

  /** The prediction and the target are divided, all else each has whole. */
  static final WorkersEngine WORKERS_OF_CPU = WorkersEngine.of(Engines.byName("cpu"), 5, 2);

  /**
   * Returns the contender of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Contender of(String name) {
    return switch (name) {
      case "simd" -> new Contender(name, CpuEngines.simd().withThreads(1), false);
      case "plain" -> new Contender(name, CpuEngines.plain().withThreads(1), false);
      case WORKERS -> new Contender(name, WORKERS_OF_CPU, false);
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
