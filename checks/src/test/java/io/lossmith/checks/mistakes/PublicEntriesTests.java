package io.lossmith.checks.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.autodiff.Tensor;
import io.lossmith.checks.PublicSurface;
import io.lossmith.core.engine.EngineException;
import io.lossmith.losses.ValueAndGradient;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same mistakes at every public method and constructor of the published modules, which are
 * found by themselves: null, numbers out of range, arrays of a wrong length, tensors of a wrong
 * shape. What is refused is refused in one line in the user's words; what is not is written down in
 * {@code accepted.txt}, with the reason.
 */
@DisabledIfSystemProperty(named = "skipKotlin", matches = ".*") // one exported file is Kotlin's
class PublicEntriesTests {
  /** What a message has that says what must be, or what to do. */
  private static final Pattern REMEDY =
      Pattern.compile("must |; |use |has no |cannot |there is no |did you mean|only |, it takes");

  /** Whoever writes an engine or an operation makes these: their makers only refuse null. */
  private static final Set<String> OF_ENGINES = Set.of("op", "plan", "graph", "reference");

  /** What these are handed is looked at elsewhere, or they are made to throw. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "Elements.copyOf(List, String)", // name what they are handed as they are told
          "Elements.copyOf(Set, String)",
          "Elements.require(Object[], String)",
          "Elements.requireNone(Iterable, String)",
          "Call.input(int, float[])", // by Arguments.require, for all arrays of a run at once
          "Call.output(int, float[])",
          "Call.input(int, FloatBuffer)",
          "Call.output(int, FloatBuffer)",
          "Arguments.requireInput(int, float[])", // the number is the program's own
          "Arguments.requireInput(int, FloatBuffer)",
          "Arguments.requireLength(String, String, int, Shape)", // only words
          "SystemProperty.unreadable(String, String, String)",
          "Engine.withDetail(String)", // refuses all; engines with details have their own
          "Checks.report(Graph, float[][])", // after a run that failed
          "Checks.require(Check, Shape, double[])",
          "ConfusionCounter.count(int, int)"); // once for each pixel; says so

  /** What begins or ends a message is seen there. */
  private static final Set<String> WORDS = Set.of("who", "message", "must", "without", "kind");

  static Stream<Path> modules() {
    return PublicSurface.modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyEntryHasARightExample(Path module) {
    List<String> faults = new ArrayList<>();
    entries(module)
        .forEach(
            entry -> {
              try {
                computed(
                    entry.call(RightArguments.receiver(entry), RightArguments.arguments(entry)));
              } catch (Throwable e) {
                faults.add(entry + ": " + e);
              }
            });
    assertThat(faults)
        .as("the example in Examples is not right; without one no mistake can be tried")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aNullIsNamed(Path module) {
    List<String> faults = new ArrayList<>();
    for (Entry entry : entries(module).toList()) {
      Parameter[] parameters = entry.parameters();
      for (int i = 0; i < parameters.length; i++) {
        if (!parameters[i].getType().isPrimitive() && !mayBeNull(parameters[i])) {
          String fault = faultOfNull(entry, i);
          if (fault != null) {
            faults.add(entry + " " + parameters[i].getName() + ": " + fault);
          }
        }
      }
    }
    assertThat(faults)
        .as(
            "null must give a NullPointerException or an IllegalArgumentException that names the"
                + " argument: use the argument at once, or Objects.requireNonNull(argument,"
                + " \"argument\"); or mark it @Nullable")
        .isEmpty();
  }

  private static @Nullable String faultOfNull(Entry entry, int place) {
    return faultOfNull(entry, place, null, "\\b(" + entry.names(place) + ")\\b");
  }

  private static @Nullable String faultOfNull(
      Entry entry, int place, @Nullable Object given, String named) {
    try {
      Object[] arguments = RightArguments.arguments(entry);
      arguments[place] = given;
      computed(entry.call(RightArguments.receiver(entry), arguments));
      return "is taken";
    } catch (NullPointerException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      return Pattern.compile(named).matcher(message).find() ? null : e.toString();
    } catch (Throwable e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aNullInsideIsNamedWithItsIndex(Path module) {
    List<String> faults = new ArrayList<>();
    for (Entry entry : entries(module).toList()) {
      Parameter[] parameters = entry.parameters();
      for (int i = 0; i < parameters.length; i++) {
        for (Object holed : Wrong.holed(RightArguments.arguments(entry)[i])) {
          String fault = faultOfNull(entry, i, holed, holeNamed(entry.names(i), Wrong.hole(holed)));
          if (fault != null) {
            faults.add(entry + " " + parameters[i].getName() + ": " + fault);
          }
        }
      }
    }
    assertThat(faults)
        .as(
            "null in a list or an array must be named with its index, as in tensors[1] is null: use"
                + " io.lossmith.core.Elements")
        .isEmpty();
  }

  /** Arrays of a run have numbers; or there is one more than there must be. */
  private static String holeNamed(String names, int index) {
    String number = names.replaceAll("s\\b", "") + ") " + index + "\\b";
    return "\\b(" + names + ")\\[" + index + "] is null|\\b(" + number + "|^[\\w ]+: 2 .*must be 1";
  }

  private static boolean mayBeNull(Parameter parameter) {
    boolean ofException =
        Throwable.class.isAssignableFrom(parameter.getDeclaringExecutable().getDeclaringClass());
    return ofException
        || WORDS.contains(parameter.getName())
        || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || isNullableComponent(parameter);
  }

  /** Javac does not carry the annotation of an array on to a constructor that is written out. */
  private static boolean isNullableComponent(Parameter parameter) {
    Class<?> type = parameter.getDeclaringExecutable().getDeclaringClass();
    return parameter.getDeclaringExecutable() instanceof Constructor<?>
        && type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .filter(component -> component.getName().equals(parameter.getName()))
            .anyMatch(one -> one.getAnnotatedType().isAnnotationPresent(Nullable.class));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void whatIsWrongIsRefusedInOneLine(Path module) {
    Accepted accepted = Accepted.read();
    Set<String> faults = new TreeSet<>();
    for (Entry entry : entries(module).filter(PublicEntriesTests::isForUsers).toList()) {
      Parameter[] parameters = entry.parameters();
      for (int i = 0; i < parameters.length; i++) {
        Object right = RightArguments.arguments(entry)[i];
        for (Map.Entry<String, @Nullable Object> wrong :
            Wrong.of(parameters[i].getType(), right).entrySet()) {
          if (!wrong.getKey().equals(Wrong.NULL)) {
            String what = entry + " " + parameters[i].getName() + " " + wrong.getKey();
            String fault = fault(entry, i, wrong.getValue());
            if (fault != null && !(fault.equals(TAKEN) && accepted.has(what))) {
              faults.add(what + ": " + fault);
            }
          }
        }
      }
    }
    assertThat(faults)
        .as(
            "each must be refused by an exception of one line (who: what is, what must be; what to"
                + " do). What is rightly taken is a line, with its reason, in %s",
            Accepted.FILE)
        .isEmpty();
  }

  private static final String TAKEN = "is taken without a word";

  private static @Nullable String fault(Entry entry, int place, @Nullable Object wrong) {
    try {
      Object[] arguments = RightArguments.arguments(entry);
      arguments[place] = wrong;
      computed(entry.call(RightArguments.receiver(entry), arguments));
      return TAKEN;
    } catch (IllegalArgumentException | EngineException | NullPointerException e) {
      String message = String.valueOf(e.getMessage());
      boolean reads = REMEDY.matcher(message).find() && message.lines().count() == 1;
      return reads && !message.contains("because \"") ? null : e.toString();
    } catch (Throwable e) {
      return e.toString();
    }
  }

  /** Tensors are computed when they are read. */
  private static void computed(@Nullable Object result) {
    if (result instanceof Tensor tensor) {
      tensor.toArray();
    } else if (result instanceof ValueAndGradient both) {
      both.gradient().toArray();
    } else if (result instanceof AutoCloseable open
        && !(result instanceof io.lossmith.core.engine.Call)) {
      try {
        open.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What an operation or a plan is asked, an engine asks, with arrays that it has made. */
  private static Stream<Entry> entries(Path module) {
    return Entry.of(module)
        .filter(entry -> isForUsers(entry) || !entry.needsReceiver())
        .filter(entry -> !ELSEWHERE.contains(entry.toString()));
  }

  private static boolean isForUsers(Entry entry) {
    String name = entry.type().getPackageName();
    return !OF_ENGINES.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
