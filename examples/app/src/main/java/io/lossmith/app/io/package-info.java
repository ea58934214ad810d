/** Files, and what is said when they are wrong. */
@NullMarked
package io.lossmith.app.io;

import org.jspecify.annotations.NullMarked;
