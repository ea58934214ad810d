/** What predicted masks are worth: one way to count, wherever a score is shown. */
@NullMarked
package io.lossmith.app.score;

import org.jspecify.annotations.NullMarked;
