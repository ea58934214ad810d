/** The kernels in plain Java, for where {@code jdk.incubator.vector} is not there. */
@NullMarked
package io.lossmith.core.engine.cpu.plain;

import org.jspecify.annotations.NullMarked;
