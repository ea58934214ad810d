/** Parity cases: what other libraries gave, compared with what comes out here. */
@NullMarked
package io.lossmith.app.verify;

import org.jspecify.annotations.NullMarked;
