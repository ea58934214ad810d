package io.lossmith.kotlin

import io.lossmith.autodiff.Tensor

/** Trains on made pictures and prints how it went. */
fun main() {
  val network = TinyNetwork()
  val losses = train(network, diceLoss, Discs(count = 8, side = 24), steps = 200)
  for (step in losses.indices step 40) {
    println("step $step: loss ${losses[step]}")
  }
  val unseen = Discs(count = 4, side = 24, seed = 2)
  println("Dice on unseen pictures: ${score(network, unseen)}")
}

/** Dice of the answers, yes or no, on pictures: 1 is perfect. */
fun score(network: TinyNetwork, discs: Discs): Float {
  val answers = network(Tensor.of(discs.pictures, *discs.shape)).greaterOrEqual(0.5)
  return 1 - diceLoss.apply(answers, Tensor.of(discs.truth, *discs.shape)).item()
}
