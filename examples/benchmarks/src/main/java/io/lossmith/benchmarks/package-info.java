/** The measurements behind what the documents claim about speed. */
@NullMarked
package io.lossmith.benchmarks;

import org.jspecify.annotations.NullMarked;
