/**
 * Patterns of operations that one instruction computes. Each is one file, with how it is found and
 * the instruction that it becomes; {@code Fusions} lists them.
 */
@NullMarked
package io.lossmith.core.engine.cpu.fusion;

import org.jspecify.annotations.NullMarked;
