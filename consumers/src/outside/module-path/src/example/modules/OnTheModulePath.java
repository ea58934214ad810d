package example.modules;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.Loss;
import io.lossmith.losses.ValueAndGradient;
import java.util.Set;
import java.util.TreeSet;

/** A loss of its own in an image that holds no more modules than it must. */
public final class OnTheModulePath {
  private static final String VECTORS = "jdk.incubator.vector";

  private OnTheModulePath() {}

  /**
   * Ends with an exception if something is not as it must be.
   *
   * @param args whether the vector module is there
   */
  public static void main(String[] args) {
    Set<String> modules = modules();
    boolean isThere = modules.remove(VECTORS);
    require(isThere == Boolean.parseBoolean(args[0]), VECTORS + " is there: " + isThere);
    Set<String> needed =
        Set.of(
            "java.base",
            "example.modules",
            "io.lossmith.core",
            "io.lossmith.autodiff",
            "io.lossmith.losses",
            "org.objectweb.asm");
    require(modules.equals(needed), "modules are " + modules + ", must be " + needed);

    Loss dice = (p, t) -> p.times(t).sum().times(-2).div(p.plus(t).sum()).plus(1);
    Tensor p = Tensor.of(new float[] {.9f, .8f, .3f, .1f}, 1, 1, 2, 2);
    Tensor t = Tensor.of(new float[] {1, 1, 0, 0}, 1, 1, 2, 2);
    ValueAndGradient r = dice.valueAndGradient(p, t);

    // 1 − 3.4/4.1 and 3.4/4.1²
    requireNear("Dice", r.value().item(), 0.170732);
    requireNear("a slope in the background", r.gradient().toArray()[3], 0.202260);
    System.out.println("module path: " + Engines.defaultEngine().description());
  }

  private static Set<String> modules() {
    Set<String> names = new TreeSet<>();
    for (Module module : ModuleLayer.boot().modules()) {
      names.add(module.getName());
    }
    return names;
  }

  private static void requireNear(String what, double is, double must) {
    require(Math.abs(is - must) < 1e-5, what + " is " + is + ", must be " + must);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
