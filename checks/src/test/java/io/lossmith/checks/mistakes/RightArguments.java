package io.lossmith.checks.mistakes;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Dice;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes right arguments for every entry: those of {@link Examples}, or what types need. */
final class RightArguments {
  private RightArguments() {}

  /** Returns the object that a method is called of, null where none is needed. */
  static @Nullable Object receiver(Entry entry) {
    return entry.needsReceiver() ? of(entry.type(), "") : null;
  }

  /** Returns arguments that are right. */
  static Object[] arguments(Entry entry) {
    Supplier<Object[]> said = Examples.OF_ENTRIES.get(entry.toString());
    if (said != null) {
      return said.get();
    }
    return Arrays.stream(entry.parameters())
        .map(parameter -> of(parameter.getParameterizedType(), parameter.getName()))
        .toArray();
  }

  private static Object of(Type type, String name) {
    Class<?> raw = raw(type);
    Supplier<Object> named = Examples.OF_NAMES.get(raw.getSimpleName() + " " + name);
    if (named != null) {
      return named.get();
    }
    Supplier<Object> made = Examples.OF_TYPES.get(raw);
    if (made != null) {
      return made.get();
    }
    if (raw.isArray()) {
      Object array = Array.newInstance(raw.getComponentType(), 1);
      Array.set(array, 0, of(raw.getComponentType(), name));
      return array;
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    }
    if (raw == List.class || raw == Collection.class) {
      return List.of(of(argument(type, 0), name));
    }
    if (raw == Map.class) {
      return Map.of();
    }
    if (raw == Class.class) {
      return Dice.class;
    }
    return raw.isInterface() && !raw.isSealed() ? answering(raw, type) : instance(raw);
  }

  /** A function that gives what it is given, as far as types allow. */
  private static Object answering(Class<?> raw, Type type) {
    return Proxy.newProxyInstance(
        raw.getClassLoader(),
        new Class<?>[] {raw},
        (proxy, method, given) -> {
          Type wanted = method.getGenericReturnType();
          if (wanted instanceof TypeVariable<?> && type instanceof ParameterizedType said) {
            Type[] arguments = said.getActualTypeArguments();
            wanted = arguments[arguments.length - 1];
          }
          return answer(wanted, given == null || given.length == 0 ? null : given[0]);
        });
  }

  private static @Nullable Object answer(Type wanted, @Nullable Object first) {
    Class<?> raw = raw(wanted);
    if (raw == void.class) {
      return null;
    }
    if (raw == Tensor.class && first instanceof List<?> list) {
      return list.get(0);
    }
    if (raw == List.class && first instanceof Tensor) {
      return List.of(first);
    }
    return raw.isInstance(first) ? first : of(wanted, "");
  }

  /** Made by the method or constructor that asks for least. */
  private static Object instance(Class<?> raw) {
    Stream<Entry> methods =
        Arrays.stream(raw.getDeclaredMethods())
            .filter(one -> Modifier.isStatic(one.getModifiers()) && one.getReturnType() == raw)
            .filter(one -> Modifier.isPublic(one.getModifiers()))
            .sorted(Comparator.comparingInt(Method::getParameterCount))
            .map(one -> new Entry(raw, one));
    Stream<Entry> constructors =
        Arrays.stream(raw.getDeclaredConstructors())
            .filter(one -> Modifier.isPublic(one.getModifiers()))
            .sorted(
                Comparator.<Constructor<?>>comparingInt(Constructor::getParameterCount).reversed())
            .map(one -> new Entry(raw, one));
    Entry first =
        (raw.isRecord()
                ? Stream.concat(constructors, methods)
                : Stream.concat(methods, constructors))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("give Examples one of " + raw));
    try {
      return first.call(null, arguments(first));
    } catch (Throwable e) {
      throw new IllegalStateException("give Examples one of " + raw, e);
    }
  }

  private static Type argument(Type type, int place) {
    return type instanceof ParameterizedType said
        ? said.getActualTypeArguments()[place]
        : Object.class;
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType said) {
      return raw(said.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      return raw(variable.getBounds()[0]);
    }
    return Object[].class;
  }
}
