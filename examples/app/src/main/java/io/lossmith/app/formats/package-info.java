/** Picture files: one class for each format, and what is stored in them. */
@NullMarked
package io.lossmith.app.formats;

import org.jspecify.annotations.NullMarked;
