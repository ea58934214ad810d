package io.lossmith.app.data;

import io.lossmith.core.Shape;

/**
 * An array from a NumPy file.
 *
 * @param shape its sizes
 * @param values its elements as 32-bit floats, row-major
 */
public record NpyArray(Shape shape, float[] values) {}
