package io.lossmith.core.op;

/**
 * Operations that are neither elementwise, folds nor moves. They read and write whole arrays and
 * run between fused passes. Each is a file of its own that holds its shape rule and its formula.
 */
public sealed interface WholeArrayOp extends Op
    permits Convolution,
        ConvolutionInputGradient,
        ConvolutionWeightGradient,
        MaxPoolPick,
        MaxPoolScatter,
        AveragePool,
        AveragePoolTransposed,
        Resize,
        ResizeTransposed,
        MatrixMultiply,
        DistanceTransform,
        ArgSort,
        Gather,
        ScatterAdd,
        CumulativeSum,
        RankedSum,
        IsAmongGreatest,
        AllReduce {
  @Override
  default <R> R match(Op.Cases<R> cases) {
    return cases.opaque(this);
  }

  /** Returns what one of the cases says of this operation. */
  <R> R match(Cases<R> cases);

  /** An answer for each whole-array operation: the compiler asks for one where one is new. */
  interface Cases<R> {
    /** Answers for {@link Convolution}. */
    R convolution(Convolution op);

    /** Answers for {@link ConvolutionInputGradient}. */
    R convolutionInputGradient(ConvolutionInputGradient op);

    /** Answers for {@link ConvolutionWeightGradient}. */
    R convolutionWeightGradient(ConvolutionWeightGradient op);

    /** Answers for {@link MaxPoolPick}. */
    R maxPoolPick(MaxPoolPick op);

    /** Answers for {@link MaxPoolScatter}. */
    R maxPoolScatter(MaxPoolScatter op);

    /** Answers for {@link AveragePool}. */
    R averagePool(AveragePool op);

    /** Answers for {@link AveragePoolTransposed}. */
    R averagePoolTransposed(AveragePoolTransposed op);

    /** Answers for {@link Resize}. */
    R resize(Resize op);

    /** Answers for {@link ResizeTransposed}. */
    R resizeTransposed(ResizeTransposed op);

    /** Answers for {@link MatrixMultiply}. */
    R matrixMultiply(MatrixMultiply op);

    /** Answers for {@link DistanceTransform}. */
    R distanceTransform(DistanceTransform op);

    /** Answers for {@link ArgSort}. */
    R argSort(ArgSort op);

    /** Answers for {@link Gather}. */
    R gather(Gather op);

    /** Answers for {@link ScatterAdd}. */
    R scatterAdd(ScatterAdd op);

    /** Answers for {@link CumulativeSum}. */
    R cumulativeSum(CumulativeSum op);

    /** Answers for {@link RankedSum}. */
    R rankedSum(RankedSum op);

    /** Answers for {@link IsAmongGreatest}. */
    R isAmongGreatest(IsAmongGreatest op);

    /** Answers for {@link AllReduce}. */
    R allReduce(AllReduce op);
  }
}
