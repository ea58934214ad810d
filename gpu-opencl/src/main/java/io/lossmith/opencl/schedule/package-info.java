/**
 * When and where nests run: the order of passes, the kernels that they are shared out among, and
 * the arrays that their numbers lie in.
 */
@NullMarked
package io.lossmith.opencl.schedule;

import org.jspecify.annotations.NullMarked;
