package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.reference.Anomaly;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine to compute with. */
final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "NAME[:DEVICE]",
      completionCandidates = Names.class,
      description =
          "Compute with this engine: ${COMPLETION-CANDIDATES}. Default: the first. \"lossmith"
              + " devices\" lists the devices.")
  private @Nullable String name;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Use so many threads. Default: one for each core.")
  private @Nullable Integer threads;

  @Option(
      names = "--anomaly",
      description =
          "When a result is NaN or infinite, stop and name the operation that made it, and its line.")
  private boolean anomaly;

  /** The engines that are here, best first. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Engines.all().stream().map(Engine::name).iterator();
    }
  }

  /** Returns the engine that was chosen, for one user of it. */
  Engine engine() {
    return engine(1);
  }

  /**
   * Returns the engine that was chosen.
   *
   * @param users how many use it at a time; of several each has one thread, unless told otherwise
   * @throws io.lossmith.core.engine.EngineException if it lacks what it needs here, a device for
   *     example
   * @throws IllegalArgumentException if there is no such engine, or a system property that all
   *     programs depend on cannot be read
   */
  Engine engine(int users) {
    if (anomaly) {
      Anomaly.watch();
    }
    Engine engine = name == null ? Engines.defaultEngine() : Engines.byName(name);
    if (threads != null) {
      if (threads < 1 || threads > Engine.MOST_THREADS) {
        throw new BadInput(
            "--threads is " + threads + ", must be in 1.." + Engine.MOST_THREADS + ".");
      }
      engine = engine.withThreads(threads);
    } else if (users > 1) {
      engine = engine.withThreads(1);
    }
    // An engine says that it cannot work here, and a system property that it cannot be read, when a
    // program is compiled: better now, with the least that can be, than in mid-work.
    Tracing.compile(engine, List.of(Shape.SCALAR), number -> number).close();
    return engine;
  }
}
