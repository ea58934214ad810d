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
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.Check;
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
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Right values for the arguments of every entry: of its name, of its type, or of itself. */
final class Examples {
  private static final Shape SHAPE = Shape.of(1, 2, 2, 3);
  private static final Engine REFERENCE = Engines.byName("reference");
  private static final InputShapes SHAPES = InputShapes.of(SHAPE, SHAPE).withMask(1, 1, 2, 3);

  /** What arguments of a name are, whichever the method. */
  private static final Map<String, Supplier<Object>> NAMED =
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
  private static final Map<String, Supplier<Object[]>> SAID =
      Map.ofEntries(
          said("Shape.without(int[])", new int[] {0}),
          said("Arguments.requireLength(String, String, int, Shape)", "who", "name", 12, SHAPE),
          said("Checks.require(Check, Shape, double[])", positive(), Shape.of(2), new double[2]),
          said(
              "ReferenceEngine.evaluate(Graph, double[][])",
              graph(),
              new double[][] {new double[12]}),
          said("DoubleEvaluation.run(double[][])", (Object) new double[][] {new double[12]}),
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

  private static final Map<Class<?>, Supplier<Object>> MADE =
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

  /** Returns the object that a method is called of, null where none is needed. */
  static @Nullable Object receiver(Entry entry) {
    return entry.needsReceiver() ? of(entry.type(), "") : null;
  }

  /** Returns arguments that are right. */
  static Object[] arguments(Entry entry) {
    Supplier<Object[]> said = SAID.get(entry.toString());
    if (said != null) {
      return said.get();
    }
    return Arrays.stream(entry.parameters())
        .map(parameter -> of(parameter.getParameterizedType(), parameter.getName()))
        .toArray();
  }

  private static Object of(Type type, String name) {
    Class<?> raw = raw(type);
    Supplier<Object> named = NAMED.get(raw.getSimpleName() + " " + name);
    if (named != null) {
      return named.get();
    }
    Supplier<Object> made = MADE.get(raw);
    if (made != null) {
      return made.get();
    }
    if (raw.isArray()) {
      Object array = Array.newInstance(raw.getComponentType(), 1);
      Array.set(array, 0, of(raw.getComponentType(), name));
      return array;
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    }
    if (raw == List.class || raw == Collection.class) {
      return List.of(of(argument(type, 0), name));
    }
    if (raw == Map.class) {
      return Map.of();
    }
    if (raw == Class.class) {
      return Dice.class;
    }
    return raw.isInterface() && !raw.isSealed() ? answering(raw, type) : instance(raw);
  }

  /** A function that gives what it is given, as far as types allow. */
  private static Object answering(Class<?> raw, Type type) {
    return Proxy.newProxyInstance(
        raw.getClassLoader(),
        new Class<?>[] {raw},
        (proxy, method, given) -> {
          Type wanted = method.getGenericReturnType();
          if (wanted instanceof TypeVariable<?> && type instanceof ParameterizedType said) {
            Type[] arguments = said.getActualTypeArguments();
            wanted = arguments[arguments.length - 1];
          }
          return answer(wanted, given == null || given.length == 0 ? null : given[0]);
        });
  }

  private static @Nullable Object answer(Type wanted, @Nullable Object first) {
    Class<?> raw = raw(wanted);
    if (raw == void.class) {
      return null;
    }
    if (raw == Tensor.class && first instanceof List<?> list) {
      return list.get(0);
    }
    if (raw == List.class && first instanceof Tensor) {
      return List.of(first);
    }
    return raw.isInstance(first) ? first : of(wanted, "");
  }

  /** Made by the method or constructor that asks for least. */
  private static Object instance(Class<?> raw) {
    Stream<Entry> methods =
        Arrays.stream(raw.getDeclaredMethods())
            .filter(one -> Modifier.isStatic(one.getModifiers()) && one.getReturnType() == raw)
            .filter(one -> Modifier.isPublic(one.getModifiers()))
            .sorted(Comparator.comparingInt(Method::getParameterCount))
            .map(one -> new Entry(raw, one));
    Stream<Entry> constructors =
        Arrays.stream(raw.getDeclaredConstructors())
            .filter(one -> Modifier.isPublic(one.getModifiers()))
            .sorted(
                Comparator.<Constructor<?>>comparingInt(Constructor::getParameterCount).reversed())
            .map(one -> new Entry(raw, one));
    Entry first =
        (raw.isRecord()
                ? Stream.concat(constructors, methods)
                : Stream.concat(methods, constructors))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("give Examples one of " + raw));
    try {
      return first.call(null, arguments(first));
    } catch (Throwable e) {
      throw new IllegalStateException("give Examples one of " + raw, e);
    }
  }

  private static Type argument(Type type, int place) {
    return type instanceof ParameterizedType said
        ? said.getActualTypeArguments()[place]
        : Object.class;
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType said) {
      return raw(said.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      return raw(variable.getBounds()[0]);
    }
    return Object[].class;
  }
}
