/** The work that the project measures itself by. */
@NullMarked
package io.lossmith.app.bench;

import org.jspecify.annotations.NullMarked;
