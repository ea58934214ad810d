package io.lossmith.autodiff.random;

import static io.lossmith.autodiff.random.Operation.of;

import io.lossmith.autodiff.Tensor;
import java.util.List;

/** Elementwise, of one tensor. What has poles is kept away from them. */
final class Pointwise {
  static final List<Operation> ROWS =
      List.of(
          of("sigmoid", s -> s.x().sigmoid()),
          of("tanh", s -> s.x().tanh()),
          of("softplus", s -> s.x().softplus()),
          of("atan", s -> s.x().atan()),
          of("abs", s -> s.x().abs()),
          of("relu", s -> s.x().relu()),
          of("square", s -> s.x().square()),
          of("exp of tanh", s -> s.x().tanh().exp()),
          of("exp of clamp", s -> s.x().clamp(-2, 2).exp()),
          of("√(x² + .05)", s -> s.x().square().plus(.05).sqrt()),
          of("log(|x| + .1)", s -> s.x().abs().plus(.1).log()),
          of("log1p of relu", s -> s.x().relu().log1p()),
          of("1 / (|x| + .5)", s -> s.x().abs().plus(.5).reciprocal()),
          of("−x", s -> s.x().unaryMinus()),
          of("clamp −.5 .7", s -> s.x().clamp(-.5, .7)),
          of("(|x| + .1)^1.7", s -> s.x().abs().plus(.1).pow(1.7)),
          of(".3 x", s -> s.x().times(.3)),
          of("x + .4", s -> s.x().plus(.4)),
          of("1 − x", s -> s.x().unaryMinus().plus(1)),
          of("x² + .3 x", s -> s.x().square().plus(s.x().times(.3))),
          of("softplus(−|x|) + sigmoid", Pointwise::twoSided),
          of("sign", s -> s.x().sign()),
          of("floor(4 x) / 4", s -> s.x().times(4).floor().times(.25)),
          of("rint(3 x) / 3", s -> s.x().times(3).rint().div(3)),
          of("x times parameter", s -> s.x().times(s.parameter())),
          of("softplus(x times parameter)", s -> s.x().times(s.parameter()).softplus()));

  private Pointwise() {}

  private static Tensor twoSided(Step s) {
    return s.x().abs().unaryMinus().softplus().plus(s.x().sigmoid());
  }
}
