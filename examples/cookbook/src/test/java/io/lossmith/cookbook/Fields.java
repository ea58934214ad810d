package io.lossmith.cookbook;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An object of JSON whose fields must be there. */
record Fields(Map<?, ?> values) {
  static Fields parse(String json) throws IOException {
    return new Fields(JSON.std.mapFrom(json));
  }

  String text(String name) {
    return (String) field(name);
  }

  double real(String name) {
    return ((Number) field(name)).doubleValue();
  }

  int whole(String name) {
    return ((Number) field(name)).intValue();
  }

  double[] reals(String name) {
    return list(name).stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  int[] wholes(String name) {
    return list(name).stream().mapToInt(value -> ((Number) value).intValue()).toArray();
  }

  Fields object(String name) {
    return new Fields((Map<?, ?>) field(name));
  }

  List<Fields> objects(String name) {
    return list(name).stream().map(value -> new Fields((Map<?, ?>) value)).toList();
  }

  private List<?> list(String name) {
    return (List<?>) field(name);
  }

  private Object field(String name) {
    return requireNonNull(values.get(name), name);
  }
}
