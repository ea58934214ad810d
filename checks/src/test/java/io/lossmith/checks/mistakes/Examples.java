package io.lossmith.checks.mistakes;

import static java.util.Map.entry;

import io.lossmith.autodiff.GradientCheck;
import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.optimizer.Adam;
import io.lossmith.autodiff.optimizer.CurrentRate;
import io.lossmith.autodiff.optimizer.LearningRate;
import io.lossmith.autodiff.optimizer.Optimizer;
import io.lossmith.autodiff.optimizer.Plateau;
import io.lossmith.autodiff.optimizer.UpdateRule;
import io.lossmith.core.Shape;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.collective.TcpCollective;
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Exchange;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.WholeArrayOp;
import io.lossmith.core.op.Window;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import io.lossmith.core.shard.Shard;
import io.lossmith.core.shard.Split;
import io.lossmith.losses.Activation;
import io.lossmith.losses.CatalogueLoss;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.KeptTarget;
import io.lossmith.losses.Loss;
import io.lossmith.losses.TopK;
import io.lossmith.losses.metrics.ConfusionCounter;
import io.lossmith.losses.metrics.ConfusionScore;
import io.lossmith.losses.metrics.ConfusionTable;
import io.lossmith.losses.metrics.DiceScore;
import io.lossmith.losses.metrics.HausdorffDistanceMetric;
import io.lossmith.losses.metrics.SurfaceMetric;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is right for an argument, where nothing simpler is: by its name, by the entry that takes it,
 * or by its type.
 */
final class Examples {
  private static final Shape SHAPE = Shape.of(1, 2, 2, 3);
  private static final Engine REFERENCE = Engines.byName("reference");
  private static final InputShapes SHAPES = InputShapes.of(SHAPE, SHAPE).withMask(1, 1, 2, 3);

  /** What arguments of a name are, whichever the method. */
  static final Map<String, Supplier<Object>> OF_NAMES =
      Map.ofEntries(
          entry("int[] axes", () -> new int[] {0}),
          entry("int[] spatialSizes", () -> new int[] {2, 3}),
          entry("int[] before", () -> new int[4]),
          entry("int[] after", () -> new int[4]),
          entry("int[] labels", () -> new int[12]),
          entry("int[] classes", () -> new int[] {0, 1}),
          entry("int classes", () -> 2),
          entry("int length", () -> 2),
          entry("int index", () -> 0),
          entry("int image", () -> 0),
          entry("int label", () -> 0),
          entry("int said", () -> 0),
          entry("int is", () -> 0),
          entry("double low", () -> 0.0),
          entry("double high", () -> 1.0),
          entry("Tensor mask", () -> Tensor.ones(1, 1, 2, 3)),
          entry("Tensor objects", () -> Tensor.ones(1, 1, 2, 3)),
          entry("Tensor k", () -> Tensor.ones(1, 1, 2, 3)),
          entry("float[] mask", () -> new float[] {1, 1, 1, 1, 0, 1}),
          entry("FloatBuffer mask", () -> FloatBuffer.wrap(new float[] {1, 1, 1, 1, 0, 1})),
          entry("FloatBuffer valuesOut", () -> FloatBuffer.allocate(1)),
          entry("float[] valuesOut", () -> new float[1]));

  /** Where what is right depends on the method: all its arguments. */
  static final Map<String, Supplier<Object[]>> OF_ENTRIES =
      Map.ofEntries(
          said("Shape.without(int[])", new int[] {0}),
          said("Arguments.requireLength(String, String, int, Shape)", "who", "name", 12, SHAPE),
          said("Checks.require(Check, Shape, double[])", positive(), Shape.of(2), new double[2]),
          said(
              "ReferenceEngine.evaluate(Graph, double[][])",
              graph(),
              new double[][] {new double[12]}),
          said("DoubleEvaluation.run(double[][])", (Object) new double[][] {new double[12]}),
          said("Shard(int, int, int, Collective)", 0, 1, 1, collective()),
          said("Split(Shard, Set, Set)", Shard.even(1, collective()), Set.of(0), Set.of(0)),
          said(
              "Tracing.compile(Engine, List, Split, Map, Function)",
              REFERENCE,
              List.of(SHAPE),
              split(),
              Map.of(),
              (Function<List<Tensor>, List<Tensor>>) in -> in),
          said(
              "TcpCollective.join(int, List, String, String, Duration)",
              0,
              alone(),
              "a long word",
              "",
              Duration.ofSeconds(1)),
          said("Optimizer.step(List)", List.of(Tensor.zeros(12))),
          said("ConfusionCounts.ofMasks(float[], float[])", numbers(), numbers()),
          said("Engines.byName(String)", "reference"),
          said("Tensor.get(int)", 0),
          said("Tensor.permute(int[])", new int[] {0, 1, 2, 3}),
          said("Tensor.convolve(Tensor, Window)", Tensor.ones(1, 2, 1, 1), window()),
          said("Tensor.convolve(Tensor, Window, int)", Tensor.ones(1, 2, 1, 1), window(), 1),
          said("Tensor.convolveTransposed(Tensor, int, int)", Tensor.ones(2, 1, 1, 1), 1, 0),
          said(
              "Tensor.convolveTransposed(Tensor, Window, int[])",
              Tensor.ones(2, 1, 1, 1),
              window(),
              new int[] {2, 3}),
          said("Tensor.matmul(Tensor)", Tensor.ones(3, 2)),
          said("Tensor.scatterAdd(int, Tensor, int)", 1, Tensor.zeros(1, 2, 2, 3), 2),
          said("Focal.withActivation(Activation)", Activation.SIGMOID),
          said("TopK.of(Loss)", CrossEntropy.create()),
          said("OpenClEngine.withDetail(String)", "0"));

  static final Map<Class<?>, Supplier<Object>> OF_TYPES =
      Map.ofEntries(
          entry(Tensor.class, Examples::tensor),
          entry(Parameter.class, () -> Parameter.of(numbers(), SHAPE.toArray())),
          entry(Shape.class, () -> SHAPE),
          entry(float[].class, Examples::numbers),
          entry(FloatBuffer.class, () -> FloatBuffer.wrap(numbers())),
          entry(int[].class, () -> SHAPE.toArray()),
          entry(byte[].class, () -> new byte[12]),
          entry(double[].class, () -> new double[] {1, 1}),
          entry(boolean[].class, () -> new boolean[4]),
          entry(double[][].class, () -> new double[][] {{0, 1}, {1, 0}}),
          entry(float[][].class, () -> new float[][] {numbers()}),
          entry(String.class, () -> "dice"),
          entry(Integer.class, () -> 1),
          entry(Number.class, () -> 1.0),
          entry(Object.class, () -> "this"),
          entry(Float.class, () -> 1f),
          entry(Throwable.class, IllegalStateException::new),
          entry(Loss.class, Dice::ofProbabilities),
          entry(CatalogueLoss.class, Dice::ofProbabilities),
          entry(InputShapes.class, () -> SHAPES),
          entry(Compiled.class, Examples::compiled),
          entry(KeptTarget.class, () -> compiled().keep(numbers(), new float[6])),
          entry(ConfusionScore.class, DiceScore::create),
          entry(SurfaceMetric.class, HausdorffDistanceMetric::create),
          entry(GradientCheck.class, () -> GradientCheck.of(in -> in.get(0).square().sum())),
          entry(Engine.class, () -> REFERENCE),
          entry(Graph.class, Examples::graph),
          entry(Node.class, () -> graph().outputs().get(0)),
          entry(Program.class, Examples::program),
          entry(Op.class, () -> Unary.NEGATE),
          entry(Leaf.class, () -> new Leaf.Input(0)),
          entry(Move.class, () -> new Move.Reshape(SHAPE)),
          entry(WholeArrayOp.class, () -> new ArgSort(1, false)),
          entry(Window.class, Examples::window),
          entry(Call.class, Examples::call),
          entry(LearningRate.class, Examples::rate),
          entry(CurrentRate.class, () -> rate().start()),
          entry(Plateau.class, () -> LearningRate.plateau(1)),
          entry(UpdateRule.class, () -> Adam.of(rate())),
          entry(Optimizer.class, Examples::optimizer),
          entry(Optimizer.State.class, () -> optimizer().state()),
          entry(Collective.class, Examples::collective),
          entry(LocalCollective.class, Examples::collective),
          entry(
              TcpCollective.class,
              () -> TcpCollective.join(0, alone(), "a long word", "", Duration.ofSeconds(1))),
          entry(Exchange.class, Examples::collective),
          entry(Duration.class, () -> Duration.ofSeconds(1)),
          entry(Shard.class, () -> Shard.even(1, collective())),
          entry(Split.class, Examples::split),
          entry(Double.class, () -> 1.0),
          entry(TopK.class, () -> TopK.of(CrossEntropy.create())),
          entry(ConfusionCounter.class, () -> new ConfusionCounter(2)),
          entry(ConfusionTable.class, () -> ConfusionTable.ofMasks(tensor(), tensor())),
          entry(Step.class, () -> plan().steps().get(0)),
          entry(Step.Loop.class, () -> plan().steps().get(0)),
          entry(LoopOutput.class, () -> loop().roots().get(0)),
          entry(LoopValue.class, () -> loop().roots().get(0).value()),
          entry(StackTraceElement.class, () -> new StackTraceElement("A", "b", "A.java", 1)),
          entry(boolean.class, () -> false),
          entry(int.class, () -> 1),
          entry(long.class, () -> 1L),
          entry(float.class, () -> 1f),
          entry(double.class, () -> 0.5));

  private Examples() {}

  private static Map.Entry<String, Supplier<Object[]>> said(String entry, Object... arguments) {
    return entry(entry, arguments::clone);
  }

  private static Check positive() {
    return new Check("numbers", ValueRange.of(0, 1), "within 0..1");
  }

  private static Window window() {
    return new Window(List.of(1, 1), List.of(1, 1), List.of(0, 0), List.of(1, 1));
  }

  private static float[] numbers() {
    return new float[] {0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1};
  }

  private static Tensor tensor() {
    return Tensor.of(numbers(), SHAPE.toArray());
  }

  private static Compiled compiled() {
    return Dice.ofProbabilities().compile(SHAPES, REFERENCE);
  }

  private static Collective collective() {
    return LocalCollective.of(1, Duration.ofSeconds(1)).get(0);
  }

  private static List<InetSocketAddress> alone() {
    return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static Split split() {
    return new Split(Shard.even(1, collective()), Set.of(0), Set.of(0));
  }

  private static Graph graph() {
    Node input = Node.leaf(new Leaf.Input(0), SHAPE);
    return Graph.of(List.of(SHAPE), List.of(Node.of(Unary.NEGATE, List.of(input), null)));
  }

  private static Program program() {
    return REFERENCE.compile(graph());
  }

  private static Call call() {
    Call call = program().call();
    call.input(0, numbers());
    call.output(0, new float[12]);
    return call;
  }

  private static LearningRate rate() {
    return LearningRate.constant(0.1);
  }

  private static Optimizer optimizer() {
    return Adam.of(rate()).over(numbers());
  }

  private static Plan plan() {
    return Planner.plan(graph(), PlanLimits.ofTiles());
  }

  private static Step.Loop loop() {
    return (Step.Loop) plan().steps().get(0);
  }
}
