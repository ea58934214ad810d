/** Parity cases: what other libraries computed. */
@NullMarked
package io.lossmith.app.verify;

import org.jspecify.annotations.NullMarked;
