package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Leaf;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Says of data that it was computed, and from which arrays: gradients that would have to flow on to
 * one of them are an error rather than silently 0. The arrays are held weakly, so running totals
 * keep nothing alive; beyond {@link #MANY} of them it may have come from anywhere.
 */
final class Provenance {
  private static final int MANY = 256;

  private final List<WeakReference<float[]>> sources;

  private Provenance(List<WeakReference<float[]>> sources) {
    this.sources = sources;
  }

  /** Returns the mark of what is computed from arrays. */
  static Provenance from(Set<float[]> sources) {
    List<WeakReference<float[]>> weak = new ArrayList<>(sources.size());
    sources.forEach(source -> weak.add(new WeakReference<>(source)));
    return new Provenance(weak);
  }

  /** Returns a leaf of values with this mark. */
  Node leaf(float[] values, Shape shape) {
    Node data = Node.leaf(new Leaf.Data(values, false), shape);
    return Node.of(new Alias(this), List.of(data), null);
  }

  /** Returns the arrays that outputs are computed from, now or before. */
  static Set<float[]> sources(List<Node> outputs) {
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean held = outputs.stream().allMatch(node -> unwrap(node).op() instanceof Leaf);
    for (Node node : held ? outputs : Graph.of(List.of(), outputs).nodes()) {
      if (unwrap(node).op() instanceof Leaf.Data data) {
        arrays.add(data.values());
      }
      Parameter parameter = Parameter.Moment.of(node);
      if (parameter != null) {
        arrays.add(parameter.array());
      }
      if (node.op() instanceof Alias alias && alias.meaning() instanceof Provenance before) {
        before.sources.stream().map(WeakReference::get).filter(a -> a != null).forEach(arrays::add);
      }
    }
    return arrays;
  }

  /** Tells whether values may depend on one of the arrays. */
  boolean mayDependOn(Set<float[]> arrays) {
    return (sources.size() > MANY && !arrays.isEmpty())
        || sources.stream().map(WeakReference::get).anyMatch(a -> a != null && arrays.contains(a));
  }

  /** Returns the leaf behind the mark, or the node itself. */
  static Node unwrap(Node node) {
    return node.op() instanceof Alias alias && alias.meaning() instanceof Provenance
        ? node.operand(0)
        : node;
  }
}
