/** The commands. */
@NullMarked
package io.lossmith.app.cli;

import org.jspecify.annotations.NullMarked;
