/**
 * What predictions are worth, counted and measured; nothing here has a gradient.
 *
 * <pre>{@code
 * ConfusionTable table = ConfusionTable.ofLabels(Masks.argmax(logits), labels, 4);
 * double dice = DiceScore.create().withIncludeBackground(false).of(table);
 * double far = HausdorffDistanceMetric.create().withPercentile(95).of(found, truth);
 * }</pre>
 */
@NullMarked
package io.lossmith.losses.metrics;

import org.jspecify.annotations.NullMarked;
