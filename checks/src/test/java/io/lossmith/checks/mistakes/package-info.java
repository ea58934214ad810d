/** What comes of mistakes at every public way into the library. */
@NullMarked
package io.lossmith.checks.mistakes;

import org.jspecify.annotations.NullMarked;
