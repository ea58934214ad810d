/** What workers of a training tell each other besides the sums of its steps. */
@NullMarked
package io.lossmith.app.workers;

import org.jspecify.annotations.NullMarked;
