/** The kernels over {@code jdk.incubator.vector}: the only package that may name that module. */
@NullMarked
package io.lossmith.core.engine.cpu.simd;

import org.jspecify.annotations.NullMarked;
