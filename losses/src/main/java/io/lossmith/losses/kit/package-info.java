/**
 * What the formulas of losses are made of: options and how they are read, checked inputs, valid
 * masks, sums over regions, numerically careful pieces. It knows no loss and is not exported; the
 * lines that {@code explain()} names are those of the losses that use it.
 */
@NullMarked
package io.lossmith.losses.kit;

import org.jspecify.annotations.NullMarked;
