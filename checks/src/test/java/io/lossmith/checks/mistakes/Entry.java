package io.lossmith.checks.mistakes;

import io.lossmith.checks.PublicSurface;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A way into a module: a method or constructor that takes something and that users can call. */
record Entry(Class<?> type, Executable executable) {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "valueOf");

  /** Returns all of a module. */
  static Stream<Entry> of(Path module) {
    return PublicSurface.types(module)
        .flatMap(
            type -> PublicSurface.executables(type).map(executable -> new Entry(type, executable)))
        .filter(Entry::isCallable);
  }

  private boolean isCallable() {
    int modifiers = executable.getModifiers();
    boolean made = executable instanceof Constructor<?> && Modifier.isAbstract(type.getModifiers());
    return executable.getParameterCount() > 0
        && Modifier.isPublic(modifiers)
        && !Modifier.isAbstract(modifiers)
        && !made
        && !OF_EVERY_OBJECT.contains(executable.getName());
  }

  Parameter[] parameters() {
    return executable.getParameters();
  }

  /** Calls it; returns what it gives, computed if it is to be computed. */
  @Nullable Object call(@Nullable Object receiver, @Nullable Object... arguments) throws Throwable {
    try {
      executable.setAccessible(true);
      return executable instanceof Method method
          ? method.invoke(receiver, arguments)
          : ((Constructor<?>) executable).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  boolean needsReceiver() {
    return executable instanceof Method && !Modifier.isStatic(executable.getModifiers());
  }

  /** Returns what a message may call an argument, as a pattern: a wither's is its option. */
  String names(int place) {
    String method = executable.getName();
    Parameter parameter = executable.getParameters()[place];
    String option =
        method.startsWith("with") && method.length() > 4
            ? "|" + Character.toLowerCase(method.charAt(4)) + method.substring(5)
            : "";
    // Kotlin's compiler writes no names, and its own check says which parameter it is
    return (parameter.isNamePresent() ? parameter.getName() : "parameter") + option;
  }

  @Override
  public String toString() {
    String name = executable instanceof Method ? "." + executable.getName() : "";
    return simple(type)
        + name
        + Arrays.stream(executable.getParameterTypes())
            .map(Entry::simple)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String simple(Class<?> type) {
    return type.isArray()
        ? simple(type.getComponentType()) + "[]"
        : type.getName().replaceFirst("^(?:[a-z]\\w*\\.)+", "").replace('$', '.');
  }
}
