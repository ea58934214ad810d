package io.lossmith.autodiff.random;

import static io.lossmith.autodiff.random.Operation.row;

import io.lossmith.autodiff.TableFunctions;
import io.lossmith.autodiff.Tensor;
import java.util.List;

/** Elementwise, of one tensor. What has poles is kept away from them. */
final class Pointwise {
  static final List<Operation> ROWS =
      List.of(
          row(
              "any of the table",
              s -> TableFunctions.apply(s.below(TableFunctions.ofOne()), s.x())),
          row("sigmoid", s -> s.x().sigmoid()),
          row("tanh", s -> s.x().tanh()),
          row("softplus", s -> s.x().softplus()),
          row("atan", s -> s.x().atan()),
          row("abs", s -> s.x().abs()),
          row("relu", s -> s.x().relu()),
          row("square", s -> s.x().square()),
          row("exp of tanh", s -> s.x().tanh().exp()),
          row("exp of clamp", s -> s.x().clamp(-2, 2).exp()),
          row("√(x² + .05)", s -> s.x().square().plus(.05).sqrt()),
          row("log(|x| + .1)", s -> s.x().abs().plus(.1).log()),
          row("log1p of relu", s -> s.x().relu().log1p()),
          row("1 / (|x| + .5)", s -> s.x().abs().plus(.5).reciprocal()),
          row("−x", s -> s.x().unaryMinus()),
          row("clamp −.5 .7", s -> s.x().clamp(-.5, .7)),
          row("(|x| + .1)^1.7", s -> s.x().abs().plus(.1).pow(1.7)),
          row(".3 x", s -> s.x().times(.3)),
          row("x + .4", s -> s.x().plus(.4)),
          row("1 − x", s -> s.x().unaryMinus().plus(1)),
          row("x² + .3 x", s -> s.x().square().plus(s.x().times(.3))),
          row("softplus(−|x|) + sigmoid", Pointwise::twoSided),
          row("sign", s -> s.x().sign()),
          row("floor(4 x) / 4", s -> s.x().times(4).floor().times(.25)),
          row("rint(3 x) / 3", s -> s.x().times(3).rint().div(3)),
          row("x times parameter", s -> s.x().times(s.parameter())),
          row("softplus(x times parameter)", s -> s.x().times(s.parameter()).softplus()));

  private Pointwise() {}

  private static Tensor twoSided(Step s) {
    return s.x().abs().unaryMinus().softplus().plus(s.x().sigmoid());
  }
}
