/**
 * What the CPU engine is made of: contracts of short loops, without a word about who implements or
 * who calls them. The ground that the other rooms stand on.
 */
@NullMarked
package io.lossmith.core.engine.cpu.kernel;

import org.jspecify.annotations.NullMarked;
