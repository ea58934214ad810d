/**
 * What OpenCL offers on this machine, through Aparapi: devices, their drivers, and what must be
 * known to live with either. Knows nothing of what kernels compute.
 */
@NullMarked
package io.lossmith.opencl.device;

import org.jspecify.annotations.NullMarked;
