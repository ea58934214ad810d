/** The command line: everything here is an example of how to use the library. */
@NullMarked
package io.lossmith.app;

import org.jspecify.annotations.NullMarked;
