package io.lossmith.core.engine;

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

/**
 * The engines that are here: found once by {@link ServiceLoader}, best first. {@code
 * -Dlossmith.engine=name} chooses the default.
 */
public final class Engines {
  private static final Logger LOG = System.getLogger(Engines.class.getName());

  private Engines() {}

  /** Returns all engines, the highest rank first. */
  public static List<Engine> all() {
    return Found.ENGINES;
  }

  /**
   * Returns the engine that runs when none is named: the one in the system property {@code
   * lossmith.engine}, else the one of the highest rank.
   *
   * @throws IllegalArgumentException if the property names no engine
   * @throws EngineException if there is no engine at all
   */
  public static Engine defaultEngine() {
    String chosen = System.getProperty("lossmith.engine", "");
    if (!chosen.isBlank()) {
      return byName(chosen.strip());
    }
    if (all().isEmpty()) {
      throw new EngineException("engine: none found; is lossmith-core on the class path whole?");
    }
    return all().get(0);
  }

  /**
   * Returns an engine.
   *
   * @param name as {@link Engine#name()} gives it; {@code name:detail} for {@link
   *     Engine#withDetail}
   * @throws IllegalArgumentException if there is no such engine; the message lists those there are
   */
  public static Engine byName(String name) {
    return choose(all(), name);
  }

  static Engine choose(List<Engine> engines, String name) {
    int colon = name.indexOf(':');
    String plain = colon < 0 ? name : name.substring(0, colon);
    for (Engine engine : engines) {
      if (!engine.name().equals(plain)) {
        continue;
      }
      return colon < 0 ? engine : engine.withDetail(name.substring(colon + 1));
    }
    List<String> names = engines.stream().map(Engine::name).toList();
    throw new IllegalArgumentException(
        "engine: \""
            + name
            + "\" is not one of "
            + String.join(", ", names)
            + nearest(plain, names));
  }

  private static String nearest(String name, List<String> names) {
    return names.stream()
        .filter(other -> distance(name, other) <= Math.max(1, other.length() / 3))
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .map(other -> "; did you mean " + other + "?")
        .orElse("");
  }

  /** Letters to insert, drop or replace to make one word of the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** Looks when first asked, not when a class is loaded that only mentions engines. */
  private static final class Found {
    static final List<Engine> ENGINES = find();

    private static List<Engine> find() {
      Map<String, Engine> found = new LinkedHashMap<>();
      // Where frameworks load user code apart (Spark, application servers), each of the two loaders
      // may see engines that the other does not.
      collect(ServiceLoader.load(Engine.class, Engines.class.getClassLoader()), found);
      collect(ServiceLoader.load(Engine.class), found);
      List<Engine> engines = new ArrayList<>(found.values());
      engines.sort(Comparator.comparingInt(Engine::rank).reversed());
      return List.copyOf(engines);
    }

    private static void collect(ServiceLoader<Engine> loader, Map<String, Engine> found) {
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
          LOG.log(Level.WARNING, "engine: one could not be loaded and is left out: " + e, e);
        }
      }
    }
  }
}
