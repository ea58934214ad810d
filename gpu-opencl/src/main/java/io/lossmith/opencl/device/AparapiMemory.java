package io.lossmith.opencl.device;

import com.aparapi.Kernel;
import com.aparapi.internal.kernel.KernelManager;
import com.aparapi.internal.kernel.KernelRunner;
import com.aparapi.internal.model.ClassModel;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes Aparapi release kernels. By itself it keeps each class it has seen, with its source, its
 * devices and every thread that ran it, for good; and the parsed class files, 0.2 MB for a small
 * kernel, until memory runs short.
 */
public final class AparapiMemory {
  private static final String SOURCES = "openCLCache";

  /** Maps from kernel classes, which Aparapi has no method to take anything out of. */
  private static final List<Field> MAPS = new ArrayList<>();

  static {
    find(KernelRunner.class, SOURCES);
    find(KernelManager.class, "preferences");
    find(KernelManager.class, "profiles");
  }

  private AparapiMemory() {}

  /** An Aparapi that has no such map, or does not show it, works as well and keeps more. */
  private static void find(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      if (Map.class.isAssignableFrom(field.getType())) {
        MAPS.add(field);
      }
    } catch (NoSuchFieldException | InaccessibleObjectException | SecurityException e) {
      System.getLogger(AparapiMemory.class.getName())
          .log(Level.DEBUG, "closed kernels stay in memory", e);
    }
  }

  /** Has it forget a class of which no kernel is open. */
  public static void forget(Class<? extends Kernel> type) {
    for (Field field : MAPS) {
      Map<?, ?> map = map(field);
      // The lock that Aparapi takes, too.
      synchronized (map) {
        map.remove(type);
      }
    }
  }

  /** Returns the OpenCL that it made of a class; null if it shows none. */
  static @Nullable String source(Class<?> type) {
    for (Field field : MAPS) {
      if (field.getName().equals(SOURCES)) {
        Map<?, ?> map = map(field);
        synchronized (map) {
          return (String) map.get(type);
        }
      }
    }
    return null;
  }

  private static Map<?, ?> map(Field field) {
    try {
      return (Map<?, ?>) field.get(KernelManager.instance());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("opencl: " + field + " was made accessible", e);
    }
  }

  /** Has it forget the class files that it parsed, of which a translated kernel needs none. */
  public static void forgetParsed() {
    ClassModel.invalidateCaches();
    Kernel.invalidateCaches();
  }
}
