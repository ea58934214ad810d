/** The network, its optimiser and the training loop. */
@NullMarked
package io.lossmith.app.train;

import org.jspecify.annotations.NullMarked;
