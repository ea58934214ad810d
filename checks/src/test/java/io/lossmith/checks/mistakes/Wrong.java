package io.lossmith.checks.mistakes;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people hand in by mistake, by the type of the argument. */
final class Wrong {
  static final String NULL = "null";

  private Wrong() {}

  /** Returns wrong values by their names; {@code right} is the right one. */
  static Map<String, @Nullable Object> of(Class<?> type, Object right) {
    Map<String, @Nullable Object> wrong = new LinkedHashMap<>();
    if (!type.isPrimitive()) {
      wrong.put(NULL, null);
    }
    if (type == int.class || type == Integer.class) {
      for (int number : new int[] {-99, 99, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
        wrong.put(String.valueOf(number), number);
      }
    } else if (type == long.class) {
      wrong.put("-99", -99L);
    } else if (type == double.class || type == float.class) {
      for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -99}) {
        wrong.put(String.valueOf(number), type == float.class ? (Object) (float) number : number);
      }
    } else if (type.isArray()) {
      arrays(wrong, right);
    } else if (right instanceof FloatBuffer numbers) {
      int length = numbers.remaining();
      wrong.put("too short", FloatBuffer.allocate(length - 1));
      wrong.put("too long", FloatBuffer.allocate(length + 1));
      wrong.put("of another order", ByteBuffer.allocateDirect(4 * length).asFloatBuffer());
    } else if (type == Tensor.class) {
      wrong.put("no elements", Tensor.zeros(0, 2, 2, 3));
      wrong.put("one axis", Tensor.zeros(12));
      wrong.put("three channels", Tensor.zeros(1, 3, 2, 3));
      wrong.put("two samples", Tensor.zeros(2, 2, 2, 3));
      wrong.put("turned", Tensor.zeros(1, 2, 3, 2));
      wrong.put("holding NaN", Tensor.full(Double.NaN, 1, 2, 2, 3));
      wrong.put("holding 255", Tensor.full(255, 1, 2, 2, 3));
    } else if (type == Shape.class) {
      wrong.put("[]", Shape.SCALAR);
      wrong.put("[0]", Shape.of(0));
    } else if (type == List.class) {
      wrong.put("empty", List.of());
    }
    return wrong;
  }

  /** Returns lists, sets or arrays, as the right one is, that hold null: alone, and as one more. */
  static List<Object> holed(Object right) {
    if (right instanceof Set<?> several) {
      return holes(several.toArray()).stream()
          .<Object>map(one -> new HashSet<>(Arrays.asList(one)))
          .toList();
    }
    if (right instanceof Collection<?> several) {
      return holes(several.toArray()).stream().<Object>map(Arrays::asList).toList();
    }
    return right instanceof Object[] several ? List.copyOf(holes(several)) : List.of();
  }

  private static List<Object[]> holes(Object[] right) {
    if (right.length == 0) {
      return List.of();
    }
    Object[] first = right.clone();
    first[0] = null;
    return List.of(first, Arrays.copyOf(right, right.length + 1));
  }

  /** Returns where a list, set or array of {@link #holed} has its null. */
  static int hole(Object holed) {
    return holed instanceof Object[] array
        ? Arrays.asList(array).indexOf(null)
        : new ArrayList<>((Collection<?>) holed).indexOf(null);
  }

  private static void arrays(Map<String, @Nullable Object> wrong, Object right) {
    if (right instanceof int[] numbers) {
      wrong.put("empty", new int[0]);
      wrong.put("too long", new int[9]);
      wrong.put("-99", changed(numbers, -99));
      wrong.put("2147483647", changed(numbers, Integer.MAX_VALUE));
    } else if (right instanceof double[] numbers) {
      wrong.put("empty", new double[0]);
      wrong.put("too long", new double[9]);
      for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -99}) {
        double[] changed = numbers.clone();
        changed[0] = number;
        wrong.put(String.valueOf(number), changed);
      }
    } else if (right instanceof float[] numbers) {
      wrong.put("empty", new float[0]);
      wrong.put("too short", Arrays.copyOf(numbers, numbers.length - 1));
      wrong.put("too long", Arrays.copyOf(numbers, numbers.length + 1));
    } else if (right instanceof byte[] numbers) {
      wrong.put("too short", Arrays.copyOf(numbers, numbers.length - 1));
      wrong.put("too long", Arrays.copyOf(numbers, numbers.length + 1));
    } else if (right instanceof Object[] objects) {
      wrong.put("empty", Arrays.copyOf(objects, 0));
    }
  }

  private static int[] changed(int[] numbers, int first) {
    int[] changed = numbers.clone();
    changed[0] = first;
    return changed;
  }
}
