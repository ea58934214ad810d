package io.lossmith.core.engine.cpu.kernel;

/**
 * Rows of a correlation: where their taps are, and where their results lie.
 *
 * @param offsets how far off each tap is
 * @param distance how far apart two rows of one tap are
 * @param width how many elements a row has; rows of a channel of the result follow each other
 * @param stride how far apart two channels of the result are
 */
public record WindowRows(int[] offsets, int distance, int width, int stride) {}
