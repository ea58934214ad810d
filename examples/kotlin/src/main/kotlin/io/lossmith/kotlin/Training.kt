package io.lossmith.kotlin

import io.lossmith.autodiff.Gradients
import io.lossmith.autodiff.Tracing
import io.lossmith.autodiff.optimizer.Sgd
import io.lossmith.core.Shape
import io.lossmith.core.engine.Engines
import io.lossmith.losses.Loss

/**
 * Teaches the network by gradient descent with momentum; returns the loss before each step.
 *
 * Network, loss and all gradients are one program, compiled once. The parameters are captured, not
 * passed: the program reads their arrays at each run, and the optimizer changes those.
 */
fun train(
  network: TinyNetwork,
  loss: Loss,
  discs: Discs,
  steps: Int,
  rate: Float = 0.5f,
  momentum: Float = 0.9f,
): List<Float> {
  val shapes = List(2) { Shape.of(*discs.shape) }
  val program =
    Tracing.compile(Engines.defaultEngine(), shapes) { (pictures, truth) ->
      val value = loss.apply(network(pictures), truth)
      listOf(value) + Gradients.of(value, network.parameters)
    }
  val inputs = arrayOf(discs.pictures, discs.truth)
  val value = FloatArray(1)
  val gradients = network.parameters.map { FloatArray(it.shape().count()) }.toTypedArray()
  val outputs = arrayOf(value, *gradients)
  val rule = Sgd.of(rate.toDouble()).withMomentum(momentum.toDouble())
  return program.use {
    rule.over(network.parameters).use { sgd ->
      List(steps) {
        program.run(inputs, outputs)
        sgd.step(*gradients)
        value[0]
      }
    }
  }
}
