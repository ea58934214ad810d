/** What training shows and leaves behind: progress, overlays, curves, numbers, the model. */
@NullMarked
package io.lossmith.app.report;

import org.jspecify.annotations.NullMarked;
