/** What a run leaves behind: tables, curves, overlays. */
@NullMarked
package io.lossmith.app.report;

import org.jspecify.annotations.NullMarked;
