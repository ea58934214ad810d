/** Kernels as classes: bytecode of nests that Aparapi translates to OpenCL. */
@NullMarked
package io.lossmith.opencl.kernel;

import org.jspecify.annotations.NullMarked;
