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
    Buffer buffer = ((Leaf) node.op()).match(new OfLeaf(shape));
    return buffer == null ? null : new View(buffer, 0, shape, shape.strides());
  }

  /** The array that a leaf of a shape is read from, or null for a number. */
  private final class OfLeaf implements Leaf.Cases<@Nullable Buffer> {
    private final Shape shape;

    private OfLeaf(Shape shape) {
      this.shape = shape;
    }

    @Override
    public Buffer input(Leaf.Input leaf) {
      return inputs.computeIfAbsent(
          leaf.index(), i -> add(Buffer.Kind.INPUT, i, shape, null, null));
    }

    @Override
    public Buffer data(Leaf.Data leaf) {
      return constants.computeIfAbsent(
          leaf.values(), values -> add(Buffer.Kind.DATA, 0, shape, values, null));
    }

    @Override
    public @Nullable Buffer scalar(Leaf.Scalar leaf) {
      return null;
    }

    @Override
    public Buffer iota(Leaf.Iota leaf) {
      float[] positions = new float[shape.count()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = i;
      }
      return add(Buffer.Kind.DATA, 0, shape, positions, null);
    }
  }

  private Buffer add(
      Buffer.Kind kind, int index, Shape shape, float @Nullable [] data, @Nullable Reason reason) {
    Buffer buffer = new Buffer(all.size(), kind, index, shape, data, reason);
    all.add(buffer);
    return buffer;
  }
}
