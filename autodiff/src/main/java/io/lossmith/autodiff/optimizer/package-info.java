/**
 * What a training loop needs beside gradients: learning rates that change, and steps of parameters.
 *
 * <p>A {@link io.lossmith.autodiff.optimizer.LearningRate} is a rule; {@link
 * io.lossmith.autodiff.optimizer.CurrentRate} follows it through one training, whoever takes the
 * steps.
 */
@NullMarked
package io.lossmith.autodiff.optimizer;

import org.jspecify.annotations.NullMarked;
