/**
 * The tile interpreter: loops compiled to instructions over registers, and what runs them. Which
 * patterns of operations become one instruction is told by whoever has a loop compiled.
 */
@NullMarked
package io.lossmith.core.engine.cpu.tile;

import org.jspecify.annotations.NullMarked;
