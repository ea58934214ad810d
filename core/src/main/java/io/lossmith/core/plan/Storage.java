package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Opaque;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes are written to memory. Everything else is recomputed inside each pass that
 * needs it, which is cheaper than reading it back.
 */
final class Storage {
  /** A fold over more elements than this does not fit in a tile. */
  private static final int LARGEST_LOCAL_FOLD = 512;

  /** A fold that leaves fewer results than this is not worth a tile. */
  private static final int FEWEST_LOCAL_RESULTS = 16;

  /** From so many results on even a fold along the contiguous axis is done inside tiles. */
  private static final int MANY_RESULTS = 4096;

  /** A value so much smaller than its user is computed once, before, if it is also small itself. */
  private static final int SMALLER = 16;

  private static final int SMALL = 16384;

  /** Longer chains of recomputed nodes are cut: they would ask for too much scratch and stack. */
  private static final int LONGEST_CHAIN = 150;

  private final Set<Node> forced;
  private final Set<Node> stored = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, View> views = new IdentityHashMap<>();
  private final Map<Node, Integer> chains = new IdentityHashMap<>();
  private final Set<Node> afterLocalFold = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, Buffer> buffers = new IdentityHashMap<>();
  private final Map<Integer, Buffer> inputs = new HashMap<>();
  private final Map<float[], Buffer> constants = new IdentityHashMap<>();
  private final List<Buffer> all = new ArrayList<>();
  private final Map<Node, Kept> kept = new IdentityHashMap<>();

  private final Map<Node, Integer> repeated = new IdentityHashMap<>();

  private record Kept(int level, View view) {}

  /**
   * @param nodes all nodes, operands before those that use them
   * @param outputs nodes that must be written to memory, with the output that each becomes
   * @param forced nodes to write although nothing here asks for it
   */
  Storage(List<Node> nodes, Map<Node, Integer> outputs, Set<Node> forced) {
    this.forced = forced;
    stored.addAll(outputs.keySet());
    // Users come first on this way, so that a node knows what is asked of it.
    for (int i = nodes.size() - 1; i >= 0; i--) {
      demand(nodes.get(i));
    }
    for (Node node : nodes) {
      decide(node, outputs);
    }
  }

  List<Buffer> buffers() {
    return all;
  }

  boolean isStored(Node node) {
    return stored.contains(node);
  }

  /** Returns how to read the node from memory, or null if it must be computed in place. */
  @Nullable View view(Node node) {
    return views.get(node);
  }

  /** Returns how to read the node at a level, or null if it must be computed in place there. */
  @Nullable View view(Node node, int level) {
    if (level <= repeated.getOrDefault(node, -1)) {
      return null;
    }
    Kept copy = kept.get(node);
    return copy != null && copy.level < level ? copy.view : views.get(node);
  }

  /** Has a node that is computed in place at a level written there too, for later levels. */
  View keep(Node node, int level) {
    View view = View.of(temporary(node.shape()));
    kept.put(node, new Kept(level, view));
    return view;
  }

  /** Has a node that a level writes computed in place there by others that need it. */
  void repeat(Node node, int level) {
    repeated.put(node, level);
  }

  /** Returns where a stored node is written. */
  Buffer buffer(Node node) {
    return buffers.get(node);
  }

  /** Returns a new buffer owned by the run. */
  Buffer temporary(Shape shape) {
    return add(Buffer.Kind.TEMPORARY, 0, shape, null);
  }

  /** Returns the buffer of an output. */
  Buffer output(int index, Shape shape) {
    return add(Buffer.Kind.OUTPUT, index, shape, null);
  }

  private Buffer add(Buffer.Kind kind, int index, Shape shape, float @Nullable [] data) {
    Buffer buffer = new Buffer(all.size(), kind, index, shape, data);
    all.add(buffer);
    return buffer;
  }

  /** Writes what an operation must find in memory. */
  private void demand(Node node) {
    if (forced.contains(node)
        || node.op() instanceof Opaque
        || node.op() instanceof Move.Pad
        || node.op() instanceof Move.Concat
        || (node.op() instanceof Reduction && !isLocal(node))) {
      stored.add(node);
    }
    for (Node operand : node.operands()) {
      if (isComputed(operand) && isMuchSmaller(operand, node)) {
        stored.add(operand);
      }
    }
  }

  private static boolean isMuchSmaller(Node operand, Node user) {
    return isElementwise(user)
        && operand.shape().count() <= SMALL
        && (long) operand.shape().count() * SMALLER <= user.shape().count();
  }

  private void decide(Node node, Map<Node, Integer> outputs) {
    if (node.op() instanceof Leaf) {
      leaf(node);
      return;
    }
    if (node.op() instanceof Opaque) {
      node.operands().forEach(this::wholeInMemory);
    }
    View view = node.op() instanceof Move move ? moved(node, move) : null;
    if (isIdentity(node)) {
      view = views.get(node.operand(0));
    }
    boolean isLocalFold = node.op() instanceof Reduction && isLocal(node);
    int chain = 1;
    for (Node operand : node.operands()) {
      if (!views.containsKey(operand)) {
        chain = Math.max(chain, 1 + chains.getOrDefault(operand, 0));
        isLocalFold |= afterLocalFold.contains(operand);
      }
    }
    if (isLocalFold && stored.contains(node) && !mustStay(node, outputs)) {
      stored.remove(node);
    }
    if (chain > LONGEST_CHAIN) {
      stored.add(node);
    }
    if (stored.contains(node)) {
      store(node, outputs);
    } else if (view != null) {
      views.put(node, view);
    } else {
      chains.put(node, chain);
      if (isLocalFold) {
        afterLocalFold.add(node);
      }
    }
  }

  /** What hangs on a local fold is better computed in its pass than one pass earlier. */
  private boolean mustStay(Node node, Map<Node, Integer> outputs) {
    return outputs.containsKey(node)
        || forced.contains(node)
        || !(isElementwise(node) || node.op() instanceof Reduction && isLocal(node));
  }

  private void store(Node node, Map<Node, Integer> outputs) {
    stored.add(node);
    Integer output = outputs.get(node);
    Buffer buffer = output == null ? temporary(node.shape()) : output(output, node.shape());
    buffers.put(node, buffer);
    views.put(node, View.of(buffer));
  }

  private void leaf(Node node) {
    if (node.op() instanceof Leaf.Input input) {
      Buffer buffer =
          inputs.computeIfAbsent(input.index(), i -> add(Buffer.Kind.INPUT, i, node.shape(), null));
      views.put(node, new View(buffer, 0, node.shape(), node.shape().strides()));
    } else if (node.op() instanceof Leaf.Data data) {
      Buffer buffer =
          constants.computeIfAbsent(data.values(), v -> add(Buffer.Kind.DATA, 0, node.shape(), v));
      views.put(node, new View(buffer, 0, node.shape(), node.shape().strides()));
    } else if (node.op() instanceof Leaf.Iota) {
      float[] positions = new float[node.shape().count()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = i;
      }
      views.put(node, View.of(add(Buffer.Kind.DATA, 0, node.shape(), positions)));
    }
  }

  /** Finds a view for a move, storing its operand where nothing else helps. */
  private @Nullable View moved(Node node, Move move) {
    Node operand = node.operand(0);
    if (move instanceof Move.Pad || move instanceof Move.Concat) {
      return null;
    }
    View from = views.get(operand);
    if (from == null) {
      if (operand.op() instanceof Leaf.Scalar || isTransparent(node)) {
        return null;
      }
      storeLate(operand);
      from = views.get(operand);
    }
    View view = from.moved(move);
    if (view == null) {
      // The operand is itself a move that strides can express only alone: lay it out once.
      storeLate(operand);
      view = views.get(operand).moved(move);
    }
    return view;
  }

  /** Makes sure that an opaque operation finds the node as one dense array. */
  private void wholeInMemory(Node node) {
    View view = views.get(node);
    if (view == null || !view.isWhole()) {
      storeLate(node);
    }
  }

  private void storeLate(Node node) {
    chains.remove(node);
    afterLocalFold.remove(node);
    store(node, Map.of());
  }

  /**
   * Tells whether a move only adds, drops or repeats axes of size 1, or changes their order, so
   * that loops can see through.
   */
  static boolean isTransparent(Node node) {
    if (node.op() instanceof Move.Broadcast || node.op() instanceof Move.Permute) {
      return true;
    }
    if (!(node.op() instanceof Move.Reshape)) {
      return false;
    }
    return nonUnit(node.shape()).equals(nonUnit(node.operand(0).shape()));
  }

  private static List<Integer> nonUnit(Shape shape) {
    List<Integer> sizes = new ArrayList<>();
    for (int size : shape.toArray()) {
      if (size != 1) {
        sizes.add(size);
      }
    }
    return sizes;
  }

  /** Tells whether a node stands for its first operand. */
  static boolean isIdentity(Node node) {
    return node.op() instanceof Check || node.op() instanceof Alias;
  }

  static boolean isElementwise(Node node) {
    return node.op() instanceof Unary
        || node.op() instanceof Binary
        || node.op() instanceof Where
        || node.op() instanceof OutOfRange;
  }

  private static boolean isComputed(Node node) {
    return isElementwise(node) || node.op() instanceof Reduction;
  }

  /**
   * A fold is local when tiles can hold all of its axes and there are enough results to fill them.
   */
  static boolean isLocal(Node node) {
    Shape from = node.operand(0).shape();
    long results = node.shape().count();
    long folded = results == 0 ? 0 : from.count() / results;
    int last = from.rank() - 1;
    while (last >= 0 && from.get(last) == 1) {
      last--;
    }
    boolean keepsContiguous = last < 0 || !((Reduction) node.op()).axes().contains(last);
    return folded <= LARGEST_LOCAL_FOLD
        && results >= FEWEST_LOCAL_RESULTS
        && (keepsContiguous || results >= MANY_RESULTS);
  }
}
