/**
 * Operations on whole arrays at the speed of the machine: convolution, pooling, resizing, matrices,
 * distances, orders. One kernel a file; inner loops come from the {@code Kernels} it is given.
 */
@NullMarked
package io.lossmith.core.engine.cpu.whole;

import org.jspecify.annotations.NullMarked;
