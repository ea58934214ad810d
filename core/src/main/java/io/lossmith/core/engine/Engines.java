package io.lossmith.core.engine;

import io.lossmith.core.Spelling;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The engines that are here: found once by {@link ServiceLoader}, best first. {@code
 * -Dlossmith.engine=name} chooses the default.
 */
public final class Engines {
  /** Names the engine that runs where none is named. */
  static final String PROPERTY = "lossmith.engine";

  private static final Logger LOG = System.getLogger(Engines.class.getName());

  /** The engine that must be there for a default: next best may be hundreds of times slower. */
  private static final String USUAL = "cpu";

  /** Engines that come with another jar. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "opencl", "io.lossmith:lossmith-gpu-opencl",
          "auto", "io.lossmith:lossmith-gpu-opencl");

  private Engines() {}

  /** Returns all engines, the highest rank first. */
  public static List<Engine> all() {
    return Found.HERE.engines;
  }

  /**
   * Returns the engine that runs when none is named: the one in the system property {@code
   * lossmith.engine}, else the one of the highest rank. That is never {@code reference}: where the
   * engine {@code cpu} is missing, somebody must say what shall take its place.
   *
   * @throws IllegalArgumentException if the property names no engine
   * @throws EngineException if it is not set and the engine {@code cpu} could not be loaded
   */
  public static Engine defaultEngine() {
    return Found.HERE.standard(SystemProperty.text(PROPERTY));
  }

  /**
   * Returns an engine.
   *
   * @param name as {@link Engine#name()} gives it; {@code name:detail} for {@link
   *     Engine#withDetail}
   * @throws IllegalArgumentException if there is no such engine; the message lists those there are
   */
  public static Engine byName(String name) {
    return Found.HERE.byName(name);
  }

  private static String nearest(String name, List<String> names) {
    return Spelling.nearest(name, names)
        .filter(other -> Spelling.isLike(name, other))
        .map(other -> "; did you mean " + other + "?")
        .orElse("");
  }

  /**
   * What a search came to.
   *
   * @param engines the highest rank first
   * @param failures why others could not be loaded: in words, for exceptions hold on to classes
   */
  record Found(List<Engine> engines, List<String> failures) {
    /** Looks when first asked, not when a class is loaded that only mentions engines. */
    private static final Found HERE = search();

    private static Found search() {
      Map<String, Engine> found = new LinkedHashMap<>();
      List<String> failures = new ArrayList<>();
      // Where frameworks load user code apart (Spark, application servers), each of the two loaders
      // may see engines that the other does not.
      collect(ServiceLoader.load(Engine.class, Engines.class.getClassLoader()), found, failures);
      collect(ServiceLoader.load(Engine.class), found, failures);
      List<Engine> engines = new ArrayList<>(found.values());
      engines.sort(Comparator.comparingInt(Engine::rank).reversed());
      return new Found(List.copyOf(engines), List.copyOf(failures));
    }

    private static Throwable firstCause(Throwable failure) {
      Throwable first = failure;
      while (first.getCause() != null) {
        first = first.getCause();
      }
      return first;
    }

    private static void collect(
        ServiceLoader<Engine> loader, Map<String, Engine> found, List<String> failures) {
      Iterator<Engine> engines = loader.iterator();
      while (true) {
        try {
          if (!engines.hasNext()) {
            return;
          }
          Engine engine = engines.next();
          found.putIfAbsent(engine.name(), engine);
        } catch (ServiceConfigurationError | LinkageError e) {
          // One engine that cannot start must not take the others with it.
          failures.add(firstCause(e).toString());
          LOG.log(Level.WARNING, "engine: one could not be loaded and is left out: " + e, e);
        }
      }
    }

    Engine standard(@Nullable String asked) {
      if (asked != null) {
        return choose(asked, "-D" + PROPERTY + ": ");
      }
      if (find(USUAL) == null) {
        throw noUsual();
      }
      return engines.get(0);
    }

    private EngineException noUsual() {
      return new EngineException(
          "engine: "
              + USUAL
              + " could not be loaded: "
              + (failures.isEmpty() ? "is lossmith-core on the class path whole?" : failures.get(0))
              + "; -D"
              + PROPERTY
              + "=NAME takes another, of "
              + names());
    }

    Engine byName(String name) {
      return choose(name, "engine: ");
    }

    private Engine choose(String name, String who) {
      int colon = name.indexOf(':');
      String plain = colon < 0 ? name : name.substring(0, colon);
      Engine engine = find(plain);
      if (engine == null) {
        throw new IllegalArgumentException(
            who + '"' + name + "\" is not one of " + names() + advice(plain));
      }
      return colon < 0 ? engine : engine.withDetail(name.substring(colon + 1));
    }

    private @Nullable Engine find(String name) {
      for (Engine engine : engines) {
        if (engine.name().equals(name)) {
          return engine;
        }
      }
      return null;
    }

    private String names() {
      return engines.stream().map(Engine::name).collect(Collectors.joining(", "));
    }

    private String advice(String name) {
      String artifact = ARTIFACTS.get(name);
      if (artifact == null) {
        return nearest(name, engines.stream().map(Engine::name).toList());
      }
      return "; add "
          + artifact
          + " to the class path"
          + (failures.isEmpty() ? "" : ", or mend what could not be loaded: " + failures.get(0));
    }
  }
}
