/**
 * What a training loop needs beside gradients: learning rates that change, and steps of parameters.
 *
 * <p>{@link io.lossmith.autodiff.optimizer.Adam} and {@link io.lossmith.autodiff.optimizer.Sgd} are
 * rules; over parameters they become an {@link io.lossmith.autodiff.optimizer.Optimizer}, which
 * takes the steps. A {@link io.lossmith.autodiff.optimizer.LearningRate} is a rule as well, and
 * {@link io.lossmith.autodiff.optimizer.CurrentRate} follows it where others take the steps.
 */
@NullMarked
package io.lossmith.autodiff.optimizer;

import org.jspecify.annotations.NullMarked;
