package io.lossmith.autodiff;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.SystemProperty;
import io.lossmith.core.engine.reference.Anomaly;
import java.util.LinkedHashMap;
import java.util.Map;
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
    return SystemProperty.count("lossmith.programs", 64, "to keep 64");
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

  /** Returns the program, compiled now or before; its user must release it. */
  static Entry acquire(Engine engine, Lifted lifted) {
    Key key = new Key(engine, lifted.content());
    while (true) {
      Entry entry = entry(key);
      if (entry.acquire()) {
        try {
          entry.compiled(lifted);
          return entry;
        } catch (RuntimeException | Error e) {
          forget(key, entry);
          entry.release();
          throw e;
        }
      }
    }
  }

  private static Entry entry(Key key) {
    synchronized (ENTRIES) {
      Entry found = ENTRIES.get(key);
      if (found != null) {
        return found;
      }
      int limit = limit();
      Entry made = new Entry(key.engine);
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
        entry.release();
      }
    }
  }

  private record Key(Engine engine, Lifted.Content content) {}

  /** A program and how many use it; the cache is one of them. */
  static final class Entry {
    private final Engine engine;
    private final AtomicInteger users = new AtomicInteger(1);
    private @Nullable Program program;

    private Entry(Engine engine) {
      this.engine = engine;
    }

    /** Returns false if it is closed. */
    boolean acquire() {
      return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void release() {
      if (users.decrementAndGet() == 0) {
        synchronized (this) {
          if (program != null) {
            program.close();
          }
        }
      }
    }

    /** Compiles at most once: who comes second waits. */
    private synchronized void compiled(Lifted lifted) {
      if (program == null) {
        program = Anomaly.watched(lifted.graph(), engine.compile(lifted.graph()));
        COMPILED.incrementAndGet();
      }
    }

    synchronized Program program() {
      if (program == null) {
        throw new IllegalStateException("program: not compiled");
      }
      return program;
    }
  }
}
