/** Tensors and their gradients. */
@NullMarked
package io.lossmith.autodiff;

import org.jspecify.annotations.NullMarked;
