package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ParameterTests {
  @Test
  void theLoopThatOneWritesFirstIsRight() {
    Parameter u = Parameter.of(1f);
    Parameter v = Parameter.of(1f);
    List<Tensor> g = Gradients.of(u.times(v).square(), List.of(u, v));
    u.set(u.array()[0] - .1f * g.get(0).item());
    v.set(v.array()[0] - .1f * g.get(1).item());
    assertThat(u.item()).isEqualTo(0.8f);
    assertThat(v.item()).isEqualTo(0.8f);
  }

  @Test
  void gradientsAskedForOneByOneAreOfOneMomentToo() {
    Parameter u = Parameter.of(1f);
    Parameter v = Parameter.of(1f);
    Tensor loss = u.times(v).square();
    Tensor ofU = Gradients.of(loss, u);
    Tensor ofV = Gradients.of(loss, v);
    u.set(u.item() - .1f * ofU.item());
    v.set(v.item() - .1f * ofV.item());
    assertThat(v.item()).isEqualTo(0.8f);
  }

  @Test
  void aLineIsFittedByALoopOfOneProgram() {
    Tensor x = Tensor.of(new float[] {0, 1, 2, 3}, 4);
    Tensor y = Tensor.of(new float[] {1, 3, 5, 7}, 4);
    Parameter slope = Parameter.of(0);
    Parameter offset = Parameter.of(0);
    List<Parameter> parameters = List.of(slope, offset);
    int before = Programs.compiled();
    for (int step = 0; step < 200; step++) {
      Tensor loss = x.times(slope).plus(offset).minus(y).square().mean();
      List<Tensor> gradients = Gradients.of(loss, parameters);
      for (int i = 0; i < parameters.size(); i++) {
        float[] numbers = parameters.get(i).array();
        float[] gradient = gradients.get(i).toArray();
        for (int k = 0; k < numbers.length; k++) {
          numbers[k] -= 0.1f * gradient[k];
        }
      }
    }
    assertThat(slope.item()).isCloseTo(2, within(1e-3f)); // of y = 2x + 1
    assertThat(offset.item()).isCloseTo(1, within(1e-3f));
    assertThat(Programs.compiled() - before).isEqualTo(1);
  }

  @Test
  void stepsMayBeWrittenWithTensors() {
    Parameter u = Parameter.of(new float[] {1, 2}, 2);
    Parameter v = Parameter.of(new float[] {3, 4}, 2);
    List<Tensor> g = Gradients.of(u.times(v), List.of(u, v));
    u.set(u.minus(g.get(0).times(0.5)).toArray());
    v.set(v.minus(g.get(1).times(0.5)).toArray());
    assertThat(u.toArray()).containsExactly(-0.5f, 0);
    assertThat(v.toArray()).containsExactly(2.5f, 3);
  }

  @Test
  void whatWasBuiltKeepsTheNumbersOfItsMoment() {
    Parameter w = Parameter.of(new float[] {1, 2}, 2);
    Tensor before = w.times(2);
    w.set(5, 6);
    Tensor after = w.times(2);
    w.set(0, 0);
    Tensor both = before.plus(w);
    assertThat(before.toArray()).containsExactly(2, 4);
    assertThat(after.toArray()).containsExactly(10, 12);
    assertThat(both.toArray()).containsExactly(2, 4);
    assertThat(w.toArray()).containsExactly(0, 0);
  }

  @Test
  void writesToTheArrayCountAsWell() {
    Parameter w = Parameter.of(new float[] {1, 2}, 2);
    Tensor before = w.times(2);
    w.array()[0] = 5;
    assertThat(w.times(2).toArray()).containsExactly(10, 4);
    assertThat(before.toArray()).containsExactly(2, 4);
    w.array()[1] = Float.NaN;
    assertThat(w.plus(0).toArray()).containsExactly(5, Float.NaN);
    assertThat(w.node()).isSameAs(w.node());
    assertThat(w.array()).isSameAs(w.array());
  }

  @Test
  void gradientsGoToAParameterThroughAllThatItWas() {
    Parameter w = Parameter.of(3);
    Tensor before = w.square();
    w.set(5);
    Tensor sum = before.plus(w.square());
    assertThat(Gradients.of(sum, w).item()).isEqualTo(6 + 10);
    w.set(7);
    assertThat(Gradients.of(before, w).item()).isEqualTo(6);
    Tensor first = Gradients.of(w.square().times(w), w);
    assertThat(Gradients.of(first, w).item()).isEqualTo(6 * 7);
    assertThat(Gradients.of(w, w).item()).isEqualTo(1);
  }

  @Test
  void whatWasReadHasLetGoOfItsParameters() {
    Parameter w = Parameter.of(3);
    Tensor y = w.square();
    w.set(4);
    y.item();
    assertThatThrownBy(() -> Gradients.of(y.times(w), w))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has been read");
    Function<Tensor, Tensor> f = a -> a.times(w);
    Tensor traced = Gradients.gradient(f).apply(Tensor.scalar(2));
    assertThatThrownBy(() -> Gradients.of(traced, w)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tracedFunctionsReadThePresentNumbers() {
    Parameter w = Parameter.of(2);
    Tensor built = w.times(10);
    try (Program program =
        Tracing.compile(
            Engines.defaultEngine(),
            List.of(Shape.SCALAR),
            args -> {
              Tensor y = args.get(0).times(w).square().plus(built);
              return List.of(y, Gradients.of(y, w));
            })) {
      float[][] out = {new float[1], new float[1]};
      w.set(3);
      program.run(new float[][] {{1}}, out);
      assertThat(out[0]).containsExactly(9 + 20);
      assertThat(out[1]).containsExactly(6 + 10); // and through what it was before
      w.array()[0] = 4;
      program.run(new float[][] {{1}}, out);
      assertThat(out[0]).containsExactly(16 + 20);
    }
    Function<Tensor, ValueAndGradients> f = Gradients.valueAndGradient(x -> x.times(w).sum());
    assertThat(f.apply(Tensor.scalar(1)).gradient().item()).isEqualTo(4);
    w.set(5);
    assertThat(f.apply(Tensor.scalar(1)).gradient().item()).isEqualTo(5);
    assertThat(f.apply(w).value().item()).isEqualTo(25);
  }

  @Test
  void theFirstGradientReadComputesAll() {
    List<Parameter> parameters = new ArrayList<>();
    Tensor y = Tensor.scalar(0.123);
    for (int i = 0; i < 80; i++) {
      Parameter p = Parameter.of(i);
      parameters.add(p);
      y = y.plus(p.times(y.times(0.01)).plus(p).sigmoid());
    }
    List<Tensor> gradients = Gradients.of(y, parameters);
    int before = Programs.compiled();
    float first = gradients.get(40).item();
    for (Tensor gradient : gradients) {
      assertThat(gradient.item()).isFinite();
    }
    assertThat(Programs.compiled() - before).isEqualTo(1);
    assertThat(gradients.get(40).item()).isEqualTo(first);
  }

  @Test
  void someGradientsMayHaveBeenReadBefore() {
    Parameter u = Parameter.of(2);
    Parameter v = Parameter.of(3);
    List<Tensor> g = Gradients.of(u.times(v), List.of(u, v, u));
    Tensor twice = g.get(1).times(2);
    Tensor.evaluate(g.get(0));
    u.set(100);
    assertThat(g.get(1).item()).isEqualTo(2);
    assertThat(g.get(2).item()).isEqualTo(3);
    assertThat(twice.item()).isEqualTo(4);
  }
}
