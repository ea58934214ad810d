package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owns the arrays of a plan. */
final class Buffers {
  private final List<Buffer> all = new ArrayList<>();
  private final Map<Integer, Buffer> inputs = new HashMap<>();
  private final Map<float[], Buffer> constants = new IdentityHashMap<>();

  List<Buffer> all() {
    return all;
  }

  /** Returns a new array owned by the run. */
  Buffer temporary(Shape shape, Reason reason) {
    return add(Buffer.Kind.TEMPORARY, 0, shape, null, reason);
  }

  /** Returns the array of an output. */
  Buffer output(int index, Shape shape) {
    return add(Buffer.Kind.OUTPUT, index, shape, null, Reason.OUTPUT);
  }

  /** Returns how to read a leaf, or null for a number. */
  @Nullable View leaf(Node node) {
    Shape shape = node.shape();
    Buffer buffer;
    if (node.op() instanceof Leaf.Input input) {
      buffer =
          inputs.computeIfAbsent(input.index(), i -> add(Buffer.Kind.INPUT, i, shape, null, null));
    } else if (node.op() instanceof Leaf.Data data) {
      buffer =
          constants.computeIfAbsent(data.values(), v -> add(Buffer.Kind.DATA, 0, shape, v, null));
    } else if (node.op() instanceof Leaf.Iota) {
      buffer = add(Buffer.Kind.DATA, 0, shape, positions(shape.count()), null);
    } else {
      return null;
    }
    return new View(buffer, 0, shape, shape.strides());
  }

  private static float[] positions(int count) {
    float[] positions = new float[count];
    for (int i = 0; i < count; i++) {
      positions[i] = i;
    }
    return positions;
  }

  private Buffer add(
      Buffer.Kind kind, int index, Shape shape, float @Nullable [] data, @Nullable Reason reason) {
    Buffer buffer = new Buffer(all.size(), kind, index, shape, data, reason);
    all.add(buffer);
    return buffer;
  }
}
