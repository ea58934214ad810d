/** Files of what was learned: models, and checkpoints to go on from. */
@NullMarked
package io.lossmith.app.model;

import org.jspecify.annotations.NullMarked;
