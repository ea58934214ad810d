package io.lossmith.opencl;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.opencl.device.Devices;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes each program where it is faster here: on the processor, or on a graphics processor if
 * there is one. Small programs go to the processor without a look; large ones are run a few times
 * on both, with zeros, when they are compiled. It says once where it computes, and why, if it is
 * more than single numbers.
 */
public final class AutoEngine implements Engine {
  private static final Logger LOG = System.getLogger(AutoEngine.class.getName());

  /** Smaller programs are done on the processor before they could have travelled. */
  private static final long WORTH_TRYING = 1 << 18;

  private static final int RUNS = 3;

  private final Supplier<Engine> processor;
  private final Supplier<@Nullable Engine> device;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Creates the engine; {@link java.util.ServiceLoader} does. */
  public AutoEngine() {
    this(() -> Engines.byName("cpu"), AutoEngine::graphicsProcessor);
  }

  /**
   * @param processor the engine for the processor
   * @param device the engine for a graphics processor, if there is one
   */
  AutoEngine(Supplier<Engine> processor, Supplier<@Nullable Engine> device) {
    this.processor = processor;
    this.device = device;
  }

  /** A device that is the processor itself has nothing that the CPU engine lacks. */
  private static @Nullable Engine graphicsProcessor() {
    Devices devices = Devices.here();
    if (devices.all().isEmpty() || devices.preferred().isProcessor()) {
      return null;
    }
    return new OpenClEngine(devices.preferred(), 0);
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public String description() {
    Engine other = device.get();
    return other == null
        ? "the processor: no graphics processor is here"
        : "for each program the faster of " + processor.get().name() + " and " + other.name();
  }

  @Override
  public int rank() {
    return 5;
  }

  @Override
  public Engine withThreads(int threads) {
    Engine.super.withThreads(threads);
    return new AutoEngine(
        () -> processor.get().withThreads(threads),
        () -> {
          Engine other = device.get();
          return other == null ? null : other.withThreads(threads);
        });
  }

  @Override
  public Program compile(Graph graph) {
    long size = size(graph);
    if (size == 1) { // says nothing of where real work will be done
      return processor.get().compile(graph);
    }
    Engine other = device.get();
    if (other == null || size < WORTH_TRYING) {
      String why = other == null ? "no graphics processor is here" : "the program is small";
      return tell(Level.INFO, processor.get(), why, processor.get().compile(graph));
    }
    Program here = processor.get().compile(graph);
    Program there = null;
    double away;
    try {
      there = other.compile(graph);
      away = milliseconds(graph, there);
    } catch (EngineException e) {
      if (there != null) {
        there.close();
      }
      return tell(Level.WARNING, processor.get(), String.valueOf(e.getMessage()), here);
    }
    double home = milliseconds(graph, here);
    String why = String.format(Locale.ROOT, "%.3g ms a run, %.3g ms", home, away);
    if (away < home) {
      here.close();
      return tell(Level.INFO, other, why + " on " + other.description(), there);
    }
    there.close();
    return tell(Level.INFO, processor.get(), why + " on " + other.description(), here);
  }

  /** Says each thing once. */
  private Program tell(Level level, Engine chosen, String why, Program program) {
    if (told.add(level + chosen.name())) {
      LOG.log(level, "auto: computes on {0}: {1}", chosen.name(), why);
    }
    return program;
  }

  private static long size(Graph graph) {
    long size = 0;
    for (Node node : graph.nodes()) {
      size = Math.max(size, node.shape().count());
    }
    return size;
  }

  /** Runs a program on zeros; the least of some runs, after one to warm up. */
  private static double milliseconds(Graph graph, Program program) {
    float[][] inputs =
        graph.inputs().stream().map(s -> new float[s.count()]).toArray(float[][]::new);
    float[][] outputs =
        graph.outputs().stream().map(n -> new float[n.shape().count()]).toArray(float[][]::new);
    double least = Double.POSITIVE_INFINITY;
    for (int run = 0; run <= RUNS; run++) {
      long start = System.nanoTime();
      try {
        program.run(inputs, outputs);
      } catch (IllegalArgumentException e) {
        // Zeros break a check of the program; it has run all the same.
      }
      if (run > 0) {
        least = Math.min(least, (System.nanoTime() - start) / 1e6);
      }
    }
    return least;
  }
}
