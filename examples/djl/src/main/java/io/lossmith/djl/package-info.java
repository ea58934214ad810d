/** Losses inside the training loop of Deep Java Library (DJL). */
@NullMarked
package io.lossmith.djl;

import org.jspecify.annotations.NullMarked;
