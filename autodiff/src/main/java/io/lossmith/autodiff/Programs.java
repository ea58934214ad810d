package io.lossmith.autodiff;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.KeptInputs;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.SystemProperty;
import io.lossmith.core.engine.reference.Anomaly;
import io.lossmith.core.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Programs by what they compute, the least recently used dropped beyond {@code -Dlossmith.programs}
 * (64). A dropped program is closed when its last user is done.
 */
final class Programs {
  private static final Map<Key, Entry> ENTRIES = new LinkedHashMap<>(16, 0.75f, true);

  private static final AtomicInteger COMPILED = new AtomicInteger();

  private Programs() {}

  /**
   * Returns how many programs are kept, and how many traces.
   *
   * @throws IllegalArgumentException if the property is not a whole number of 1 or more
   */
  static int limit() {
    return SystemProperty.count("lossmith.programs", 64, Integer.MAX_VALUE, "to keep 64");
  }

  /** Returns how many programs were ever compiled. */
  static int compiled() {
    return COMPILED.get();
  }

  /** Returns how many programs are kept for whoever asks for them next. */
  static int kept() {
    synchronized (ENTRIES) {
      return ENTRIES.size();
    }
  }

  /**
   * Returns the program of a graph, compiled now or before, with the data that was lifted out of
   * it; its user must close it.
   */
  static Program shared(Engine engine, LiftedGraph lifted) {
    Key key = new Key(engine, lifted.content());
    while (true) {
      Entry entry = entry(key);
      try {
        Program share = entry.share(engine, lifted);
        if (share != null) {
          return share;
        }
      } catch (RuntimeException | Error e) {
        forget(key, entry);
        throw e;
      }
    }
  }

  /**
   * Returns a program of its own of a graph some of whose inputs are always the same arrays, beside
   * what was lifted out of it and never changes.
   */
  static Program keeping(Engine engine, LiftedGraph lifted, Map<Integer, float[]> kept) {
    Map<Integer, float[]> all = new LinkedHashMap<>(kept);
    all.putAll(lifted.constants());
    Graph graph = KeptInputs.bind(engine, lifted.graph(), all);
    try (Program program = compile(engine, graph)) {
      return Objects.requireNonNull(program.share(lifted.parameters()));
    }
  }

  private static Program compile(Engine engine, Graph graph) {
    return Anomaly.watched(graph, engine.compile(graph));
  }

  private static Entry entry(Key key) {
    synchronized (ENTRIES) {
      Entry found = ENTRIES.get(key);
      if (found != null) {
        return found;
      }
      int limit = limit();
      Entry made = new Entry();
      ENTRIES.put(key, made);
      trim(limit);
      return made;
    }
  }

  private static void trim(int limit) {
    while (ENTRIES.size() > limit) {
      Key eldest = ENTRIES.keySet().iterator().next();
      forget(eldest, ENTRIES.get(eldest));
    }
  }

  private static void forget(Key key, @Nullable Entry entry) {
    synchronized (ENTRIES) {
      if (entry != null && ENTRIES.remove(key, entry)) {
        entry.drop();
      }
    }
  }

  private record Key(Engine engine, LiftedGraph.Content content) {}

  /** The cache's own share in a program, which is compiled for the first who asks. */
  private static final class Entry {
    private volatile @Nullable Program program;
    private volatile boolean dropped;

    /** Returns a share for one user more, or null if all have closed theirs meanwhile. */
    @Nullable Program share(Engine engine, LiftedGraph lifted) {
      Program compiled = compiled(engine, lifted);
      Program share = compiled.share(lifted.data());
      if (dropped) {
        compiled.close(); // who dropped this may have found no program yet
      }
      return share;
    }

    /** Compiles at most once: who comes second waits. */
    private synchronized Program compiled(Engine engine, LiftedGraph lifted) {
      Program compiled = program;
      if (compiled == null) {
        compiled = compile(engine, lifted.graph());
        program = compiled;
        COMPILED.incrementAndGet();
      }
      return compiled;
    }

    /** Ends the cache's share; does not wait for who compiles. */
    void drop() {
      dropped = true;
      Program compiled = program;
      if (compiled != null) {
        compiled.close();
      }
    }
  }
}
