/**
 * What is computed where: loops of a plan as loop nests of single numbers. Knows neither kernels
 * nor devices.
 */
@NullMarked
package io.lossmith.opencl.nest;

import org.jspecify.annotations.NullMarked;
