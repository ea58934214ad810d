/** Measures this machine: Lossmith beside its peers. */
@NullMarked
package io.lossmith.app.bench;

import org.jspecify.annotations.NullMarked;
