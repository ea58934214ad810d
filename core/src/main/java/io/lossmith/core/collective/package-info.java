/** What several workers compute together: one number of each becomes one number for all. */
@NullMarked
package io.lossmith.core.collective;

import org.jspecify.annotations.NullMarked;
