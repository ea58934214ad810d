/** Losses by name, as the command line writes them. */
@NullMarked
package io.lossmith.app.loss;

import org.jspecify.annotations.NullMarked;
