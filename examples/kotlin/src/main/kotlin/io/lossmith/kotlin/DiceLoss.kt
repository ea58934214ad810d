package io.lossmith.kotlin

import io.lossmith.autodiff.div
import io.lossmith.autodiff.minus
import io.lossmith.autodiff.times
import io.lossmith.losses.Loss

/**
 * A loss of one's own: Dice, written as on paper. Its gradient comes by itself, and value and
 * gradient run as one fused program.
 *
 * `1 - 2 Σpt / (Σp + Σt)` over all elements; `p` holds probabilities, `t` zeros and ones.
 */
val diceLoss = Loss { p, t -> 1 - 2f * (p * t).sum() / (p + t).sum() }
