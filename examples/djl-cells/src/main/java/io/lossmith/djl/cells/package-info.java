/** A U-Net of DJL's own blocks that learns to find cells with a loss of Lossmith. */
@NullMarked
package io.lossmith.djl.cells;

import org.jspecify.annotations.NullMarked;
