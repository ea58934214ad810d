package io.lossmith.kotlin

import io.lossmith.autodiff.Gradients
import io.lossmith.autodiff.Tracing
import io.lossmith.core.Shape
import io.lossmith.core.engine.Engines
import io.lossmith.losses.Loss

/**
 * Teaches the network by gradient descent with momentum; returns the loss before each step.
 *
 * Network, loss and all gradients are one program, compiled once. The parameters are captured, not
 * passed: the program reads their arrays at each run, so changing those in place is a step.
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
  val gradients = network.parameters.map { FloatArray(it.shape().count()) }
  val outputs = arrayOf(value, *gradients.toTypedArray())
  val speeds = gradients.map { FloatArray(it.size) }
  return program.use {
    List(steps) {
      program.run(inputs, outputs)
      for ((k, parameter) in network.parameters.withIndex()) {
        val numbers = parameter.array()
        for (i in numbers.indices) {
          speeds[k][i] = momentum * speeds[k][i] - rate * gradients[k][i]
          numbers[i] += speeds[k][i]
        }
      }
      value[0]
    }
  }
}
