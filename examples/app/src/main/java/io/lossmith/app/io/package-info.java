/** Files that are whole or not there, JSON, and errors that are the user's to mend. */
@NullMarked
package io.lossmith.app.io;

import org.jspecify.annotations.NullMarked;
