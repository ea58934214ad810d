package io.lossmith.core.engine.cpu.kernel;

/**
 * The numbers of Adam that are the same in each of its steps.
 *
 * @param meanStays share of the running mean that stays
 * @param meanComes share of the gradient that comes to it
 * @param squareStays share of the running mean of squares that stays
 * @param squareComes share of the gradient's square that comes to it
 * @param epsilon what is added to the root of that
 */
public record AdamNumbers(
    float meanStays, float meanComes, float squareStays, float squareComes, float epsilon) {}
