/** A small U-Net and how it learns. */
@NullMarked
package io.lossmith.app.train;

import org.jspecify.annotations.NullMarked;
