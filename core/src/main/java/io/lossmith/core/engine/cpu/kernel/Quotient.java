package io.lossmith.core.engine.cpu.kernel;

/**
 * The numbers of a quotient that is taken where the divisor is large enough: factor · (low ≤ b ? a
 * / b : c).
 *
 * @param low the least divisor
 * @param factor what the result is multiplied by
 */
public record Quotient(float low, float factor) {}
