/** Shapes, and what else every module shares. */
@NullMarked
package io.lossmith.core;

import org.jspecify.annotations.NullMarked;
