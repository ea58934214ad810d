/** Images and masks: read, cut, drawn. */
@NullMarked
package io.lossmith.app.data;

import org.jspecify.annotations.NullMarked;
