package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row-major array in main memory that passes read or write.
 *
 * @param id its place in {@link Plan#buffers()}
 * @param kind where the array comes from
 * @param index which input or output it is; 0 for the others
 * @param shape its shape
 * @param data the array itself where the graph holds it, else null
 * @param reason why it is written, or null where it is only read
 */
public record Buffer(
    int id, Kind kind, int index, Shape shape, float @Nullable [] data, @Nullable Reason reason) {
  /** Refuses null. */
  public Buffer {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(shape, "shape");
  }

  /** Where an array comes from. */
  public enum Kind {
    /** Handed to each run, read only. */
    INPUT,
    /** Held by the graph, read only. */
    DATA,
    /** Handed to each run to be written. */
    OUTPUT,
    /** Owned by the run; others may use the same memory before and after. */
    TEMPORARY
  }

  @Override
  public String toString() {
    return switch (kind) {
      case INPUT -> "in" + index;
      case DATA -> "data" + id;
      case OUTPUT -> "out" + index;
      case TEMPORARY -> "t" + id;
    };
  }
}
