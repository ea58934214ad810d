package io.lossmith.core.shard;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Move;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the samples stand after a move. */
final class ShardMoves implements Move.Cases<ShardRule> {
  private final Node node;
  private final List<@Nullable Spread> spreads;
  private final Shard shard;
  private final Spread spread;

  ShardMoves(Node node, List<@Nullable Spread> spreads, Shard shard) {
    this.node = node;
    this.spreads = spreads;
    this.shard = shard;
    this.spread = ShardRules.first(spreads);
  }

  private ShardRule moved(Move local, Spread result) {
    return ShardRule.alike(local, node.operands().size(), spread, result);
  }

  /** The batch may be merged with axes behind it, or split off again: never cut through. */
  @Override
  public ShardRule reshape(Move.Reshape move) {
    long before = ShardRules.before(node.operand(0).shape(), spread.axis());
    Shape to = move.shape();
    for (int axis = 0; axis < to.rank(); axis++) {
      int size = to.get(axis);
      if (ShardRules.before(to, axis) == before
          && size >= shard.batch()
          && size % shard.batch() == 0) {
        Spread result = new Spread(axis, size / shard.batch());
        return moved(new Move.Reshape(result.local(to, shard)), result);
      }
    }
    throw new ShardRule.MixesSamples();
  }

  @Override
  public ShardRule permute(Move.Permute move) {
    return moved(move, spread.along(move.axes().indexOf(spread.axis())));
  }

  @Override
  public ShardRule broadcast(Move.Broadcast move) {
    Shape from = node.operand(0).shape();
    Spread result = spread.along(spread.axis() + move.shape().rank() - from.rank());
    if (move.shape().get(result.axis()) != from.get(spread.axis())) {
      throw new ShardRule.MixesSamples(); // a batch of one sample, repeated
    }
    return moved(new Move.Broadcast(result.local(move.shape(), shard)), result);
  }

  @Override
  public ShardRule slice(Move.Slice move) {
    requireWhole(move.sizes().get(spread.axis()) == node.operand(0).shape().get(spread.axis()));
    return moved(new Move.Slice(move.starts(), spread.local(move.sizes(), shard)), spread);
  }

  @Override
  public ShardRule flip(Move.Flip move) {
    requireWhole(!move.axes().contains(spread.axis()));
    return moved(move, spread);
  }

  @Override
  public ShardRule placing(Move.Placing move) {
    for (Node operand : node.operands()) {
      requireWhole(operand.shape().get(spread.axis()) == node.shape().get(spread.axis()));
    }
    return moved(move, spread);
  }

  private static void requireWhole(boolean isWhole) {
    if (!isWhole) {
      throw new ShardRule.MixesSamples();
    }
  }
}
