/** Losses inside the training loop of Deeplearning4j. */
@NullMarked
package io.lossmith.dl4j;

import org.jspecify.annotations.NullMarked;
