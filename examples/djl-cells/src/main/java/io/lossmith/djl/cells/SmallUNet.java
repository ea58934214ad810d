package io.lossmith.djl.cells;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/** A U-Net made of the blocks that DJL has. */
final class SmallUNet {
  private static final Shape TWO = new Shape(2, 2);

  private SmallUNet() {}

  /**
   * Makes one; sides of pictures must be multiples of 2^{@code depth}.
   *
   * @param classes channels of its answer, which are logits
   * @param features channels within, twice as many at each level below
   * @param depth how often sides are halved
   */
  static Block of(int classes, int features, int depth) {
    return new SequentialBlock()
        .add(level(features, depth))
        .add(Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(classes).build());
  }

  /** Convolutions, what is below beside what was there, and convolutions of both. */
  private static SequentialBlock level(int features, int depth) {
    SequentialBlock level = new SequentialBlock();
    addConvolutions(level, features);
    if (depth > 0) {
      SequentialBlock below =
          new SequentialBlock()
              .add(Pool.maxPool2dBlock(TWO, TWO))
              .add(level(2 * features, depth - 1))
              .add(LambdaBlock.singleton(x -> x.repeat(2, 2).repeat(3, 2)));
      level.add(new ParallelBlock(SmallUNet::joined, List.of(Blocks.identityBlock(), below)));
      addConvolutions(level, features);
    }
    return level;
  }

  private static void addConvolutions(SequentialBlock level, int features) {
    for (int i = 0; i < 2; i++) {
      level
          .add(
              Conv2d.builder()
                  .setKernelShape(new Shape(3, 3))
                  .optPadding(new Shape(1, 1))
                  .optBias(false)
                  .setFilters(features)
                  .build())
          .add(BatchNorm.builder().build())
          .add(Activation.reluBlock());
    }
  }

  private static NDList joined(List<NDList> branches) {
    NDList all = new NDList(branches.get(0).singletonOrThrow(), branches.get(1).singletonOrThrow());
    return new NDList(NDArrays.concat(all, 1));
  }
}
