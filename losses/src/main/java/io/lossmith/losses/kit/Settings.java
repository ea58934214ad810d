package io.lossmith.losses.kit;

import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of one loss that were given, each read and checked; immutable. */
public final class Settings implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final String id;
  private final LinkedHashMap<String, Object> values;

  private Settings(String id, LinkedHashMap<String, Object> values) {
    this.id = id;
    this.values = values;
  }

  /** Starts with none. */
  public static Settings of(String id) {
    return new Settings(id, new LinkedHashMap<>());
  }

  /** Returns these under another id, of a loss that takes the same options. */
  public Settings as(String otherId) {
    return new Settings(otherId, values);
  }

  /** Returns the id of the loss. */
  public String id() {
    return id;
  }

  /** Returns these and one more; null takes it away. */
  public <T> Settings with(Option<T> option, @Nullable Object given) {
    LinkedHashMap<String, Object> changed = new LinkedHashMap<>(values);
    for (Option<T> set : option.sets) {
      if (given == null) {
        changed.remove(set.name);
      } else {
        changed.put(set.name, (Object) option.read(id, given));
      }
    }
    return new Settings(id, changed);
  }

  /** Returns what was given for an option, which reads its own values as they are; or null. */
  public <T> @Nullable T find(Option<T> option) {
    Object given = values.get(option.name);
    return given == null ? null : option.read(id, given);
  }

  /** Returns what was given, by the options' names. */
  public Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings
        && id.equals(((Settings) other).id)
        && values.equals(((Settings) other).values);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + values.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(id);
    String before = "(";
    for (Map.Entry<String, Object> value : values.entrySet()) {
      text.append(before)
          .append(value.getKey())
          .append('=')
          .append(OptionText.show(value.getValue()));
      before = ", ";
    }
    return text.append(values.isEmpty() ? "" : ")").toString();
  }
}
