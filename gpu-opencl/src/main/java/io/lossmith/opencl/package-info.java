/** The engine that runs programs through OpenCL. */
@NullMarked
package io.lossmith.opencl;

import org.jspecify.annotations.NullMarked;
