/** The tile interpreter: loops compiled to instructions over registers, and what runs them. */
@NullMarked
package io.lossmith.core.engine.cpu.tile;

import org.jspecify.annotations.NullMarked;
