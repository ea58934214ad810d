/**
 * Graphs of a whole batch, made graphs of some of its samples: what several workers run so that
 * each holds its own samples, and all hold what one would have computed of the whole.
 */
@NullMarked
package io.lossmith.core.shard;

import org.jspecify.annotations.NullMarked;
