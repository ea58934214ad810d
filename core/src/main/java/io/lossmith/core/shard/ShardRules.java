package io.lossmith.core.shard;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import io.lossmith.core.op.WholeArrayOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule of a node some of whose operands are spread. Throws where samples would mix. */
final class ShardRules implements Op.Cases<ShardRule> {
  private final Node node;
  private final List<@Nullable Spread> spreads;
  private final Shard shard;

  ShardRules(Node node, List<@Nullable Spread> spreads, Shard shard) {
    this.node = node;
    this.spreads = spreads;
    this.shard = shard;
  }

  static ShardRule of(Node node, List<@Nullable Spread> spreads, Shard shard) {
    return node.op().match(new ShardRules(node, spreads, shard));
  }

  /** Operands broadcast: axes are counted from the last, and an operand may lack the batch's. */
  private ShardRule elementwise() {
    int rank = node.shape().rank();
    Spread result = null;
    for (int i = 0; result == null; i++) {
      Spread own = spreads.get(i);
      result = own == null ? null : own.along(own.axis() + rank - node.operand(i).shape().rank());
    }
    int size = node.shape().get(result.axis());
    if (size != result.inner() * shard.batch()) {
      throw new ShardRule.MixesSamples(); // a batch of one sample, repeated
    }
    List<@Nullable Spread> wanted = new ArrayList<>();
    for (Node operand : node.operands()) {
      int axis = result.axis() - (rank - operand.shape().rank());
      boolean has = axis >= 0 && operand.shape().get(axis) == size;
      wanted.add(has ? result.along(axis) : null);
    }
    return new ShardRule(node.op(), wanted, result, null);
  }

  @Override
  public ShardRule leaf(Leaf op) {
    throw new IllegalStateException("sharding: a leaf has no operands");
  }

  @Override
  public ShardRule unary(Unary op) {
    return elementwise();
  }

  @Override
  public ShardRule binary(Binary op) {
    return elementwise();
  }

  @Override
  public ShardRule where(Where op) {
    return elementwise();
  }

  @Override
  public ShardRule outOfRange(OutOfRange op) {
    return elementwise();
  }

  @Override
  public ShardRule check(Check op) {
    return elementwise();
  }

  @Override
  public ShardRule alias(Alias op) {
    return elementwise();
  }

  @Override
  public ShardRule axisFold(AxisFold op) {
    Spread spread = spreads.get(0);
    boolean isFolded = op.axes().contains(spread.axis());
    return new ShardRule(
        op, Arrays.asList(spread), isFolded ? null : spread, isFolded ? op.fold() : null);
  }

  @Override
  public ShardRule move(Move op) {
    return op.match(new ShardMoves(node, spreads, shard));
  }

  @Override
  public ShardRule opaque(WholeArrayOp op) {
    return op.match(new ShardWholeArrays(node, spreads, shard));
  }

  /** Returns how the first operand that is spread is. */
  static Spread first(List<@Nullable Spread> spreads) {
    for (Spread spread : spreads) {
      if (spread != null) {
        return spread;
      }
    }
    throw new IllegalStateException("sharding: no operand is spread");
  }

  /** Returns the product of the sizes before an axis. */
  static long before(Shape shape, int axis) {
    long product = 1;
    for (int i = 0; i < axis; i++) {
      product *= shape.get(i);
    }
    return product;
  }
}
