package io.lossmith.core.shard;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AllReduce;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.AveragePoolTransposed;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.ConvolutionWeightGradient;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.IsAmongGreatest;
import io.lossmith.core.op.MatrixMultiply;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.ResizeTransposed;
import io.lossmith.core.op.ScatterAdd;
import io.lossmith.core.op.WholeArrayOp;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of whole-array operations: which of their axes may be that of the samples. */
final class ShardWholeArrays implements WholeArrayOp.Cases<ShardRule> {
  private final Node node;
  private final List<@Nullable Spread> spreads;
  private final Shard shard;
  private final Spread spread;

  ShardWholeArrays(Node node, List<@Nullable Spread> spreads, Shard shard) {
    this.node = node;
    this.spreads = spreads;
    this.shard = shard;
    this.spread = ShardRules.first(spreads);
  }

  private static void require(boolean isKnown) {
    if (!isKnown) {
      throw new ShardRule.MixesSamples();
    }
  }

  /** Of what stands before the spatial axes each place is for itself. */
  private ShardRule planes(WholeArrayOp local) {
    require(spread.axis() < 2);
    return ShardRule.alike(local, node.operands().size(), spread, spread);
  }

  private ShardRule lines(WholeArrayOp op, int axis) {
    require(spread.axis() != axis);
    return ShardRule.alike(op, node.operands().size(), spread, spread);
  }

  /** Of a batch, by weights that all workers have. */
  private ShardRule weighted(WholeArrayOp local) {
    require(spreads.get(0) != null && spread.axis() == 0);
    return new ShardRule(local, Arrays.asList(spread, null), spread, null);
  }

  @Override
  public ShardRule convolution(Convolution op) {
    return weighted(op);
  }

  @Override
  public ShardRule convolutionInputGradient(ConvolutionInputGradient op) {
    return weighted(new ConvolutionInputGradient(op.window(), spread.local(op.input(), shard)));
  }

  @Override
  public ShardRule convolutionWeightGradient(ConvolutionWeightGradient op) {
    require(spread.axis() == 0);
    return new ShardRule(
        new ConvolutionWeightGradient(op.window(), true),
        Arrays.asList(spread, spread),
        null,
        Fold.SUM);
  }

  @Override
  public ShardRule maxPoolPick(MaxPoolPick op) {
    return planes(op);
  }

  @Override
  public ShardRule maxPoolScatter(MaxPoolScatter op) {
    return planes(op);
  }

  @Override
  public ShardRule averagePool(AveragePool op) {
    return planes(op);
  }

  @Override
  public ShardRule averagePoolTransposed(AveragePoolTransposed op) {
    return planes(new AveragePoolTransposed(op.window(), spread.local(op.input(), shard)));
  }

  @Override
  public ShardRule resize(Resize op) {
    return planes(op);
  }

  @Override
  public ShardRule resizeTransposed(ResizeTransposed op) {
    return planes(op);
  }

  @Override
  public ShardRule distanceTransform(DistanceTransform op) {
    return planes(op);
  }

  @Override
  public ShardRule matrixMultiply(MatrixMultiply op) {
    int rows = node.shape().rank() - 2;
    int columns = rows + 1;
    if (spread.axis() < rows) {
      return ShardRule.alike(op, 2, spread, spread);
    }
    boolean isLeft = spreads.get(0) != null;
    if (spread.axis() == (isLeft ? columns : rows)) {
      List<@Nullable Spread> inner = Arrays.asList(spread.along(columns), spread.along(rows));
      return new ShardRule(op, inner, null, Fold.SUM);
    }
    List<@Nullable Spread> one = isLeft ? Arrays.asList(spread, null) : Arrays.asList(null, spread);
    return new ShardRule(op, one, spread, null);
  }

  @Override
  public ShardRule argSort(ArgSort op) {
    return lines(op, op.axis());
  }

  /** Each position picks for itself, of values that all workers have. */
  @Override
  public ShardRule gather(Gather op) {
    if (spread.axis() != op.axis()) {
      return lines(op, op.axis());
    }
    require(spreads.get(0) == null);
    return new ShardRule(op, Arrays.asList(null, spread), spread, null);
  }

  /** Sums of each worker's elements, added up. */
  @Override
  public ShardRule scatterAdd(ScatterAdd op) {
    if (spread.axis() != op.axis()) {
      return lines(op, op.axis());
    }
    return new ShardRule(op, Arrays.asList(spread, spread), null, Fold.SUM);
  }

  @Override
  public ShardRule cumulativeSum(CumulativeSum op) {
    return lines(op, op.axis());
  }

  @Override
  public ShardRule rankedSum(RankedSum op) {
    require(spread.axis() != op.axis());
    return ShardRule.alike(op, 2, spread, spread.along(spread.axis() + 1));
  }

  @Override
  public ShardRule isAmongGreatest(IsAmongGreatest op) {
    return lines(op, op.axis());
  }

  @Override
  public ShardRule allReduce(AllReduce op) {
    throw new IllegalStateException("sharding: the graph has been sharded before");
  }
}
