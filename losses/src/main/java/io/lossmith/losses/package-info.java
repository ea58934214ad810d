/** The catalogue of losses. */
@NullMarked
package io.lossmith.losses;

import org.jspecify.annotations.NullMarked;
