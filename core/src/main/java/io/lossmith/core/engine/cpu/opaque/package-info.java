/** The opaque operations at the speed of the machine: convolution, pooling, resizing, matrices. */
@NullMarked
package io.lossmith.core.engine.cpu.opaque;

import org.jspecify.annotations.NullMarked;
