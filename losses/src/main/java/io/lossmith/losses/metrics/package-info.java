/** What predictions are worth, counted; nothing here has a gradient. */
@NullMarked
package io.lossmith.losses.metrics;

import org.jspecify.annotations.NullMarked;
