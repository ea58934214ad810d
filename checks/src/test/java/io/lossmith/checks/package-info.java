/** What must hold for the whole repository. */
@NullMarked
package io.lossmith.checks;

import org.jspecify.annotations.NullMarked;
