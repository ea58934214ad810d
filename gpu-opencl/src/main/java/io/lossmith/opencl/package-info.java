/**
 * The engine that runs programs through OpenCL. Users need nothing of its other packages: they are
 * public for this one alone.
 */
@NullMarked
package io.lossmith.opencl;

import org.jspecify.annotations.NullMarked;
