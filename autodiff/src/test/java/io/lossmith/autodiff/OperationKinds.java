package io.lossmith.autodiff;

import static java.util.stream.Collectors.toSet;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AllReduce;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import io.lossmith.core.op.WholeArrayOp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What there is to be used: each constant, and the class of what takes numbers. */
public final class OperationKinds {
  private OperationKinds() {}

  /** Returns all that formulas are made of. */
  public static Set<Object> all() {
    Set<Object> all = new HashSet<>();
    all.addAll(List.of(Unary.values()));
    all.addAll(List.of(Binary.values()));
    all.addAll(List.of(Where.values()));
    all.addAll(List.of(Fold.values()));
    all.addAll(List.of(Move.Picking.class.getPermittedSubclasses()));
    all.addAll(List.of(Move.Placing.class.getPermittedSubclasses()));
    all.addAll(List.of(WholeArrayOp.class.getPermittedSubclasses()));
    all.remove(AllReduce.class); // comes into graphs when they are divided among workers
    return all;
  }

  /** Returns those that a graph is made of. */
  public static Set<Object> in(Graph graph) {
    return graph.nodes().stream().map(Node::op).map(OperationKinds::kind).collect(toSet());
  }

  private static Object kind(Op op) {
    return op instanceof AxisFold r ? r.fold() : op instanceof Enum ? op : op.getClass();
  }
}
