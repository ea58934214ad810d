package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingTests {
  private static final List<Shape> TWO = List.of(Shape.of(2));

  private final CountingEngine engine = new CountingEngine();

  private static Tensor vector(float... values) {
    return Tensor.of(values, values.length);
  }

  @AfterEach
  void forgetTheLimit() {
    System.clearProperty("lossmith.programs");
  }

  private static float[] run(Program program, float... input) {
    float[] output = new float[input.length];
    program.run(new float[][] {input}, new float[][] {output});
    return output;
  }

  @Test
  void aFunctionIsTracedOncePerShapes() {
    AtomicInteger traces = new AtomicInteger();
    Function<Tensor, Tensor> f =
        x -> {
          traces.incrementAndGet();
          return x.square().sum();
        };
    Gradients.valueAndGradient(f).apply(vector(1, 2));
    Gradients.valueAndGradient(f).apply(vector(3, 4));
    assertThat(traces).hasValue(1);
    assertThat(Gradients.valueAndGradient(f).apply(vector(1, 2, 3)).value().item()).isEqualTo(14);
    assertThat(traces).hasValue(2);
  }

  @Test
  void theSameFunctionMadeAnewCostsATraceButNoCompilation() {
    for (int i = 0; i < 3; i++) {
      float shift = i;
      Tensor captured = vector(i, i + 1);
      Function<Tensor, Tensor> f = x -> x.minus(captured).abs().times(x).sum().atan();
      int before = Programs.compiled();
      ValueAndGradients r = Gradients.valueAndGradient(f).apply(vector(7, 8));
      assertThat(r.value().item())
          .isCloseTo(
              (float) Math.atan((7 - shift) * 15), org.assertj.core.data.Offset.offset(1e-5f));
      assertThat(Programs.compiled() - before).isEqualTo(i == 0 ? 1 : 0);
    }
  }

  @Test
  void theSameExpressionOnOtherDataIsCompiledOnce() {
    int before = Programs.compiled();
    for (int i = 0; i < 3; i++) {
      Tensor y = vector(i, 1).times(vector(2, 3)).sum().tanh().plus(0.125);
      assertThat(y.item()).isCloseTo((float) (Math.tanh(2 * i + 3) + 0.125), within(1e-6f));
    }
    assertThat(Programs.compiled() - before).isEqualTo(1);
  }

  private static org.assertj.core.data.Offset<Float> within(float offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void numbersWrittenIntoAFunctionTellProgramsApart() {
    int before = Programs.compiled();
    vector(1, 2).times(2.25).atan().toArray();
    vector(1, 2).times(2.5).atan().toArray();
    assertThat(Programs.compiled() - before).isEqualTo(2);
  }

  @Test
  void asManyTracesAreKeptAsPrograms() {
    AtomicInteger traces = new AtomicInteger();
    Function<Tensor, Tensor> f =
        x -> {
          traces.incrementAndGet();
          return x.square().sum();
        };
    Function<Tensor, Tensor> gradient = Gradients.gradient(f);
    for (int size = 1; size <= 200; size++) {
      gradient.apply(Tensor.zeros(size));
    }
    assertThat(Tracing.traces()).isEqualTo(64);
    assertThat(Programs.kept()).isEqualTo(64);
    assertThat(traces).hasValue(200);
    gradient.apply(Tensor.zeros(200));
    gradient.apply(Tensor.zeros(200 - 63));
    assertThat(traces).as("the last 64 are still there").hasValue(200);
    gradient.apply(Tensor.zeros(1));
    assertThat(traces).hasValue(201);
    System.setProperty("lossmith.programs", "3");
    assertThat(gradient.apply(Tensor.zeros(2)).toArray()).containsExactly(0, 0);
    assertThat(Tracing.traces()).isEqualTo(3);
    assertThat(Programs.kept()).isEqualTo(3);
  }

  @Test
  void aLimitThatIsNoNumberIsAnErrorAndLeavesNothingBehind() {
    Tensor sum = vector(1, 2, 3).plus(0.375).square().sum();
    int programs = Programs.kept();
    int traces = Tracing.traces();
    for (String limit : List.of("x", "0", "-3", "")) {
      System.setProperty("lossmith.programs", limit);
      for (Runnable use :
          List.<Runnable>of(
              sum::item,
              () -> Tracing.compile(engine, TWO, a -> List.of(a.get(0).plus(0.625))),
              () -> Gradients.gradient((Tensor x) -> x.square()).apply(Tensor.scalar(3)))) {
        assertThatThrownBy(use::run)
            .isExactlyInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "-Dlossmith.programs is \""
                    + limit
                    + "\", must be a whole number in 1..2147483647; leave it out to keep 64");
      }
    }
    assertThat(Programs.kept()).isEqualTo(programs);
    assertThat(Tracing.traces()).isLessThanOrEqualTo(traces); // owners may go meanwhile
    System.clearProperty("lossmith.programs");
    assertThat(sum.item()).isCloseTo(18.921875f, within(1e-5f));
  }

  @Test
  void readingAValueWhileTracingSaysWhatToDo() {
    Function<Tensor, Tensor> f = x -> x.item() > 0 ? x : x.unaryMinus();
    assertThatThrownBy(() -> Gradients.gradient(f).apply(Tensor.scalar(1)))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(
            "item: a tensor [] depends on an argument [] of the function being traced, which has no"
                + " value yet; to choose by values use Tensor.where");
    Function<Tensor, Tensor> g = x -> x.times(x.square().toArray()[0]);
    assertThatThrownBy(() -> Gradients.gradient(g).apply(vector(1, 2)))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("toArray: a tensor [2]")
        .hasMessageContaining("depends on an argument [2] of the function being traced");
    assertThat(Gradients.gradient((Tensor x) -> x.square()).apply(Tensor.scalar(3)).item())
        .isEqualTo(6);
  }

  @Test
  void constantsMayBeReadWhileTracing() {
    Tensor three = vector(1, 2).sum();
    Function<Tensor, Tensor> f = x -> x.times(three.item());
    assertThat(Gradients.gradient(f).apply(vector(1, 1)).toArray()).containsExactly(3, 3);
  }

  @Test
  void anArgumentKeptFromATraceIsNoticed() {
    List<Tensor> kept = new ArrayList<>();
    Function<Tensor, Tensor> f =
        x -> {
          kept.add(x);
          return x.square();
        };
    Gradients.gradient(f).apply(vector(1, 2));
    String message =
        " depends on an argument [2] of a function traced before, which has no value; return what"
            + " is needed from that function";
    assertThatThrownBy(() -> kept.get(0).times(2).toArray())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("toArray: a tensor [2]" + message);
    Function<Tensor, Tensor> g = x -> x.times(kept.get(0));
    assertThatThrownBy(() -> Gradients.gradient(g).apply(vector(1, 2)))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("tracing: a tensor [2]")
        .hasMessageEndingWith(message);
  }

  @Test
  void capturedTensorsAreConstantsAndParametersAreReadAtEachRun() {
    Parameter weight = Parameter.of(2);
    Tensor captured = vector(1, 10);
    Program program =
        Tracing.compile(engine, TWO, args -> List.of(args.get(0).times(captured).times(weight)));
    assertThat(run(program, 1, 2)).containsExactly(2, 40);
    weight.set(3);
    assertThat(run(program, 1, 2)).containsExactly(3, 60);
    assertThat(engine.compiled).hasValue(1);
  }

  @Test
  void compiledProgramsAreSharedAndOutliveTheirCache() {
    System.setProperty("lossmith.programs", "1");
    Program first = Tracing.compile(engine, TWO, a -> List.of(a.get(0).plus(1)));
    Program same = Tracing.compile(engine, TWO, a -> List.of(a.get(0).plus(1)));
    Program other = Tracing.compile(engine, TWO, a -> List.of(a.get(0).plus(2)));
    assertThat(engine.compiled).hasValue(2);
    assertThat(run(first, 1, 2)).containsExactly(2, 3);
    first.close();
    first.close();
    assertThat(run(same, 1, 2)).containsExactly(2, 3);
    assertThat(engine.closed).hasValue(0);
    same.close();
    assertThat(engine.closed).hasValue(1);
    assertThatThrownBy(() -> run(same, 1, 2))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("counting: this program is closed; compile it again");
    assertThat(run(other, 1, 2)).containsExactly(3, 4);
    other.close();
  }

  @Test
  void aProgramClosedWhileItRunsIsClosedAfterwards() {
    System.setProperty("lossmith.programs", "1");
    Program program = Tracing.compile(engine, TWO, a -> List.of(a.get(0).plus(3)));
    List<Integer> closedDuring = new ArrayList<>();
    engine.whileRunning =
        () -> {
          engine.whileRunning = () -> {};
          program.close();
          Tracing.compile(engine, TWO, a -> List.of(a.get(0).plus(4))).close();
          closedDuring.add(engine.closed.get());
        };
    assertThat(run(program, 1, 2)).containsExactly(4, 5);
    assertThat(closedDuring).containsExactly(0);
    assertThat(engine.closed).hasValue(1);
  }

  @Test
  void whatDoesNotCompileIsNotRemembered() {
    CountingEngine broken = new CountingEngine();
    Function<List<Tensor>, List<Tensor>> f = a -> List.of(a.get(0).reshape(3));
    assertThatThrownBy(() -> Tracing.compile(broken, TWO, f)).isInstanceOf(ShapeException.class);
    assertThat(Trace.running()).isFalse();
  }

  @Test
  void aProgramTakesItsOwnInputsOnly() {
    Program program = Tracing.compile(engine, TWO, a -> List.of(a.get(0).plus(vector(1, 2))));
    assertThatThrownBy(() -> program.run(new float[2][2], new float[1][2]))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("counting: 2 input arrays, must be 1");
    assertThat(program.explain()).contains("add");
    program.close();
  }

  @Test
  void callsInsideATraceBecomePartOfIt() {
    Object owner = new Object();
    Program program =
        Tracing.compile(
            engine,
            TWO,
            args -> Tracing.call(owner, "twice", args, a -> List.of(a.get(0).times(2))));
    assertThat(run(program, 1, 2)).containsExactly(2, 4);
    assertThat(engine.compiled).hasValue(1);
  }
}
