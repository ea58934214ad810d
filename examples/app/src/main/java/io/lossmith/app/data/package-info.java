/** Pictures, masks and arrays: reading, making and cutting them. */
@NullMarked
package io.lossmith.app.data;

import org.jspecify.annotations.NullMarked;
