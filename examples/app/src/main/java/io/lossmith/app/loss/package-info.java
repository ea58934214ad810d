/** Losses as the command line and case files write them. */
@NullMarked
package io.lossmith.app.loss;

import org.jspecify.annotations.NullMarked;
