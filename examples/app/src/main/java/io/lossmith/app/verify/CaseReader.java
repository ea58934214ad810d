package io.lossmith.app.verify;

import io.lossmith.app.data.NpyArray;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.app.io.Shortened;
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
  private static final List<String> ARRAY = List.of("shape", "values");
  private static final List<String> EXPECTED = List.of("value", "gradient", "error");
  private static final List<String> FIELDS =
      List.of(
          "id",
          "source",
          "loss",
          "options",
          "prediction",
          "predictions",
          "target",
          "mask",
          "expected",
          "tolerance");

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
      return reader.read(reader.map("a case", Json.read(line), FIELDS));
    } catch (IOException e) {
      throw new BadInput(where + ": " + e.getMessage() + ".", e);
    } catch (IllegalArgumentException | ArithmeticException e) { // of a shape
      throw new BadInput(where + ": " + e.getMessage(), e);
    }
  }

  private Case read(Map<String, Object> fields) {
    Map<String, Object> expected = map("expected", fields.get("expected"), EXPECTED);
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
        tolerance(fields.get("tolerance"), error != null));
  }

  private double tolerance(@Nullable Object given, boolean error) {
    double tolerance = number("tolerance", given);
    if (!error && !(tolerance > 0 && Double.isFinite(tolerance))) {
      throw mustBe("tolerance", given, "a number above 0");
    }
    return tolerance;
  }

  private List<NpyArray> predictions(Map<String, Object> fields) {
    Object given = fields.get("predictions");
    if (given == null) {
      return List.of(array("prediction", fields.get("prediction")));
    }
    if (fields.get("prediction") != null) {
      throw new BadInput(where + ": has prediction and predictions, must have one of them.");
    }
    if (!(given instanceof List<?> several)) {
      throw mustBe("predictions", given, "a list of arrays");
    }
    List<NpyArray> arrays = new ArrayList<>();
    several.forEach(one -> arrays.add(array("predictions", one)));
    return arrays;
  }

  private double[] values(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return numbers("expected.value.values", map("expected.value", value, ARRAY).get("values"));
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
    Map<String, Object> fields = map(name, value, ARRAY);
    Shape shape = shape(name, fields.get("shape"));
    double[] numbers = numbers(name + ".values", fields.get("values"));
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
      if (Float.isInfinite(values[i]) && Double.isFinite(numbers[i])) {
        throw mustBe(name + ".values", numbers[i], "numbers that fit in 32 bits");
      }
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
    double[] sizes = numbers(name + ".shape", given);
    if (!Arrays.stream(sizes).allMatch(size -> size >= 0 && size == (int) size)) {
      throw mustBe(name + ".shape", given, "whole numbers, 0 or more");
    }
    return Shape.of(Arrays.stream(sizes).mapToInt(size -> (int) size).toArray());
  }

  /** A name that nobody reads is a mistake: what it says would be passed over. */
  private Map<String, Object> map(String name, @Nullable Object value, List<String> known) {
    Map<String, Object> map = map(name, value);
    for (String key : map.keySet()) {
      if (!known.contains(key)) {
        throw mustBe("a name in " + name, key, "one of " + String.join(", ", known));
      }
    }
    return map;
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
        where + ": " + name + " is " + Shortened.of(is) + ", must be " + what + ".");
  }
}
