/** The commands: what they are told, and what they say. */
@NullMarked
package io.lossmith.app.cli;

import org.jspecify.annotations.NullMarked;
