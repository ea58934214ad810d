package io.lossmith.app.verify;

import io.lossmith.app.data.NpyArray;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.core.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of a case file. */
final class CaseReader {
  private static final double[] NOTHING = {};

  private final String where;

  private CaseReader(String where) {
    this.where = where;
  }

  /**
   * Reads a case.
   *
   * @param where file and line, for the message
   * @throws BadInput if the line is no case
   */
  static Case read(String where, String line) {
    CaseReader reader = new CaseReader(where);
    try {
      return reader.read(reader.map("a case", Json.read(line)));
    } catch (IOException e) {
      throw new BadInput(where + ": is not JSON: " + e.getMessage() + ".", e);
    }
  }

  private Case read(Map<String, Object> fields) {
    Map<String, Object> expected = map("expected", fields.get("expected"));
    Object error = expected.get("error");
    return new Case(
        text("id", fields.get("id")),
        text("loss", fields.get("loss")),
        fields.get("options") == null ? Map.of() : map("options", fields.get("options")),
        predictions(fields),
        array("target", fields.get("target")),
        fields.get("mask") == null ? null : array("mask", fields.get("mask")),
        error == null
            ? new Case.Expected(
                values(expected.get("value")),
                valueShape(expected.get("value")),
                gradient(expected.get("gradient")),
                null)
            : new Case.Expected(NOTHING, null, null, text("expected.error", error)),
        number("tolerance", fields.get("tolerance")));
  }

  private List<NpyArray> predictions(Map<String, Object> fields) {
    if (!(fields.get("predictions") instanceof List<?> several)) {
      return List.of(array("prediction", fields.get("prediction")));
    }
    List<NpyArray> arrays = new ArrayList<>();
    several.forEach(one -> arrays.add(array("predictions", one)));
    return arrays;
  }

  private double[] values(@Nullable Object value) {
    if (value instanceof Map<?, ?> array) {
      return numbers("expected.value.values", array.get("values"));
    }
    return new double[] {number("expected.value", value)};
  }

  private @Nullable Shape valueShape(@Nullable Object value) {
    return value instanceof Map<?, ?> array && array.containsKey("shape")
        ? shape("expected.value", array.get("shape"))
        : null;
  }

  private double @Nullable [] gradient(@Nullable Object gradient) {
    if (gradient == null) {
      return null;
    }
    List<@Nullable Object> flat = new ArrayList<>();
    flatten(gradient, flat);
    return numbers("expected.gradient", flat);
  }

  /** Gradients of several predictions may stand in a list each, or as arrays. */
  private static void flatten(@Nullable Object value, List<@Nullable Object> flat) {
    if (value instanceof List<?> list) {
      list.forEach(one -> flatten(one, flat));
    } else if (value instanceof Map<?, ?> array && array.containsKey("values")) {
      flatten(array.get("values"), flat);
    } else {
      flat.add(value);
    }
  }

  private NpyArray array(String name, @Nullable Object value) {
    Map<String, Object> fields = map(name, value);
    Shape shape = shape(name, fields.get("shape"));
    double[] numbers = numbers(name + ".values", fields.get("values"));
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    NpyArray array = new NpyArray(shape, values);
    if (array.shape().count() != values.length) {
      throw new BadInput(
          where
              + ": "
              + name
              + " has "
              + values.length
              + " values, its shape "
              + array.shape()
              + " needs "
              + array.shape().count()
              + ".");
    }
    return array;
  }

  private Shape shape(String name, @Nullable Object given) {
    return Shape.of(
        Arrays.stream(numbers(name + ".shape", given)).mapToInt(size -> (int) size).toArray());
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> map(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map; // JSON has no other keys
    }
    throw mustBe(name, value, "an object");
  }

  private double[] numbers(String name, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw mustBe(name, value, "a list of numbers");
    }
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(name, list.get(i));
    }
    return numbers;
  }

  private double number(String name, @Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw mustBe(name, value, "a number");
  }

  private String text(String name, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw mustBe(name, value, "a text");
  }

  private BadInput mustBe(String name, @Nullable Object value, String what) {
    String is = value == null ? "missing" : Json.write(value);
    return new BadInput(
        where
            + ": "
            + name
            + " is "
            + (is.length() > 40 ? is.substring(0, 40) + "…" : is)
            + ", must be "
            + what
            + ".");
  }
}
