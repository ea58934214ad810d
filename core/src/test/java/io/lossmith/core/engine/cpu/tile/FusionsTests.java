package io.lossmith.core.engine.cpu.tile;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.equal;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.iota;
import static io.lossmith.core.graph.Nodes.log;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.neg;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static io.lossmith.core.graph.Nodes.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.plan.LoopAxes;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pattern takes which values, and when none does. */
class FusionsTests {
  private static final Shape TILE = Shape.of(3, 5, 333);
  private static final Shape SHARED = Shape.of(3, 1, 333);
  private static final List<Shape> INPUTS = List.of(TILE, TILE, TILE, SHARED, SHARED);

  private static final Node X = input(0, TILE.toArray());
  private static final Node Y = input(1, TILE.toArray());
  private static final Node Z = input(2, TILE.toArray());
  private static final Node LABEL = input(3, SHARED.toArray());
  private static final Node SHARE = input(4, SHARED.toArray());
  private static final Node ROW = iota(3, 1, 5);

  /**
   * What a pattern should be found in.
   *
   * @param covers what is computed on the way
   */
  private record Case(String pattern, List<Node> covers, List<Node> outputs) {
    static Case of(String pattern, List<Node> covers, Node... outputs) {
      return new Case(pattern, covers, List.of(outputs));
    }

    /** The same beside a fold over rows, without which there are none. */
    Case withRows() {
      List<Node> more = new ArrayList<>(outputs);
      more.add(max(Y, 1));
      return new Case(pattern, covers, more);
    }

    @Override
    public String toString() {
      return pattern + " in " + outputs;
    }
  }

  private static Node atLabel(Node x, Node otherwise) {
    return where(equal(LABEL, ROW), x, otherwise);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    labels(cases);
    sums(cases);
    exponentials(cases);
    chains(cases);
    return cases.stream();
  }

  private static void labels(List<Case> cases) {
    Node at = atLabel(X, scalar(0));
    cases.add(Case.of("LabelLookup", List.of(at), sum(at, 1)).withRows());
    Node less = atLabel(sub(X, SHARE), scalar(0));
    cases.add(Case.of("LabelLookup", List.of(less), sum(less, 1)).withRows());
    cases.add(Case.of("LabelSum", List.of(), sum(equal(LABEL, ROW), 0, 2)).withRows());
    cases.add(Case.of("LabelSum", List.of(at), sum(at, 0, 2)).withRows());
    Node product = mul(X, SHARE);
    Node both = atLabel(product, scalar(0));
    cases.add(
        Case.of("LabelSum", List.of(product, both), sum(product, 0, 2), sum(both, 0, 2))
            .withRows());
    Node choice = atLabel(scalar(2), scalar(3));
    cases.add(Case.of("LabelChoice", List.of(), choice).withRows());
    Node chosen = mul(choice, X);
    cases.add(Case.of("LabelDot", List.of(chosen), sum(chosen, 1)).withRows());
    Node power = exp(sub(X, max(X, 1)));
    Node p = mul(power, SHARE);
    Node products = mul(choice, p);
    Node slope = sub(choice, sum(products, 1));
    List<Node> covers = List.of(power, products, slope);
    cases.add(Case.of("SoftmaxLabelGradient", covers, mul(p, slope)));
    Node difference = sub(choice, SHARE);
    cases.add(Case.of("LabelGradient", List.of(difference), mul(X, difference)).withRows());
    Node more = add(scalar(0.5), difference);
    Node gradient = mul(more, X);
    cases.add(Case.of("LabelGradient", List.of(difference, more), gradient).withRows());
    Node added = add(gradient, atLabel(ROW, scalar(1)));
    cases.add(Case.of("LabelGradient", List.of(difference, more, gradient), added).withRows());
  }

  private static void sums(List<Case> cases) {
    Node product = mul(X, Y);
    cases.add(Case.of("ProductSum", List.of(product), total(product)));
    Node square = of(Unary.SQUARE, X);
    cases.add(Case.of("ProductSum", List.of(square), total(square)));
    cases.add(Case.of("RowDot", List.of(product), sum(product, 1)));
    Node difference = sub(X, Y);
    Node size = of(Unary.ABS, difference);
    cases.add(Case.of("DistanceSum", List.of(difference, size), total(size)));
    Node outside = of(new OutOfRange(ValueRange.of(0, 1)), X);
    cases.add(Case.of("OutOfRangeSum", List.of(outside), total(outside)));
  }

  private static void exponentials(List<Case> cases) {
    Node power = exp(sub(X, max(X, 1)));
    cases.add(Case.of("SoftmaxNumerator", List.of(), div(power, sum(power, 1))));
    Node known = exp(sub(X, LABEL));
    cases.add(Case.of("ScaledExponential", List.of(known), mul(known, SHARE)).withRows());
    Node product = mul(X, Y);
    Node mean = sum(product, 1);
    Node less = sub(X, mean);
    Node other = mul(less, Y);
    Node rest = sum(other, 1);
    Node gradient = sub(less, rest);
    List<Node> covers = List.of(product, less, other, gradient);
    cases.add(Case.of("SoftmaxGradient", covers, mul(Y, gradient)));
    Node softplus = of(Unary.SOFTPLUS, neg(of(Unary.ABS, X)));
    cases.add(Case.of("Logistic", List.of(), mul(sigmoid(X), Y), softplus));
  }

  private static void chains(List<Case> cases) {
    Node raised = of(Binary.MAXIMUM, X, scalar(-1));
    cases.add(Case.of("Clamp", List.of(raised), of(Binary.MINIMUM, scalar(2), raised)));
    Node log = log(X);
    cases.add(Case.of("LimitedLogarithm", List.of(log), of(Binary.MAXIMUM, log, scalar(-9))));
    Node guard = of(Binary.LESS_EQUAL, scalar(0.25), Y);
    Node quotient = div(X, Y);
    Node guarded = where(guard, quotient, Z);
    cases.add(Case.of("GuardedQuotient", List.of(guard, quotient), guarded));
    Node scaled = mul(guarded, scalar(3));
    cases.add(Case.of("GuardedQuotient", List.of(guard, quotient, guarded), scaled));
    adam(cases);
    Node rest = sub(scalar(1), X);
    Node slope = mul(X, rest);
    cases.add(Case.of("SigmoidSlope", List.of(rest, slope), mul(slope, Y)));
    Node product = mul(X, Y);
    cases.add(Case.of("MultiplyAdd", List.of(product), add(product, Z)));
    cases.add(Case.of("MultiplyAdd", List.of(product), sub(product, ROW)));
    cases.add(Case.of("MultiplyFrom", List.of(product), sub(Z, product)));
  }

  private static void adam(List<Case> cases) {
    Node stays = mul(Z, scalar(0.9));
    Node comes = mul(Y, scalar(0.1));
    Node mean = add(stays, comes);
    Node squareStays = mul(X, scalar(0.99));
    Node share = mul(Y, scalar(0.01));
    Node squareComes = mul(share, Y);
    Node square = add(squareStays, squareComes);
    Node way = mul(mean, scalar(0.3));
    Node root = of(Unary.SQRT, square);
    Node scaled = mul(root, scalar(1.5));
    Node divisor = add(scaled, scalar(1e-8));
    Node quotient = div(way, divisor);
    List<Node> covers =
        List.of(
            stays, comes, squareStays, share, squareComes, way, root, scaled, divisor, quotient);
    cases.add(Case.of("AdamStep", covers, sub(SHARE, quotient), mean, square));
    Node kept = mul(SHARE, scalar(0.7));
    List<Node> more = Stream.concat(covers.stream(), Stream.of(kept)).toList();
    cases.add(Case.of("AdamStep", more, sub(kept, quotient), mean, square));
  }

  private static List<Step.Loop> loops(List<Node> outputs) {
    return Planner.plan(Graph.of(INPUTS, outputs), PlanLimits.ofTiles()).steps().stream()
        .map(Step.Loop.class::cast)
        .toList();
  }

  private static List<ChosenInstruction> selected(Step.Loop loop) {
    Layout layout = new Layout(loop, LoopAxes.of(loop, 64), 4096, 1024, 2048);
    InstructionSelection selection = new InstructionSelection(loop, layout, Fusions.ALL);
    return Stream.of(selection.instructions(), selection.folds()).flatMap(List::stream).toList();
  }

  private static List<Node> covered(List<Node> outputs) {
    return loops(outputs).stream()
        .flatMap(loop -> selected(loop).stream())
        .flatMap(chosen -> chosen.covers().stream())
        .map(value -> value.node())
        .toList();
  }

  /** Returns the names of a loop's instructions, in any order. */
  private static List<String> names(Step.Loop loop, List<Fusion> fusions) {
    return Arrays.stream(TileCompiler.compile(loop, fusions, 8).instructions())
        .map(instruction -> instruction.getClass().getNestHost().getSimpleName())
        .sorted()
        .toList();
  }

  private static List<String> names(Node... outputs) {
    return loops(List.of(outputs)).stream()
        .flatMap(loop -> names(loop, Fusions.ALL).stream())
        .toList();
  }

  /** One that nobody lists finds nothing, and nothing else would tell. */
  @Test
  void everyPatternIsInTheList() throws Exception {
    Path classes =
        Path.of(Fusions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String folder = Fusions.class.getPackageName().replace('.', '/');
    Set<String> patterns = new TreeSet<>();
    for (File file : classes.resolve(folder).toFile().listFiles()) {
      String name = file.getName().replace(".class", "");
      Class<?> type = Class.forName(Fusions.class.getPackageName() + "." + name);
      if (Fusion.class.isAssignableFrom(type)) {
        patterns.add(name);
      }
    }
    assertThat(Fusions.ALL)
        .extracting(pattern -> pattern.getClass().getSimpleName())
        .containsExactlyInAnyOrderElementsOf(patterns);
  }

  @Test
  void everyPatternHasACase() {
    assertThat(cases().map(Case::pattern).collect(Collectors.toSet()))
        .isEqualTo(
            Fusions.ALL.stream()
                .map(f -> f.getClass().getSimpleName())
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachTakesItsValues(Case pattern) {
    assertThat(names(pattern.outputs.toArray(Node[]::new))).contains(pattern.pattern);
    assertThat(covered(pattern.outputs)).containsExactlyInAnyOrderElementsOf(pattern.covers);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatOthersReadIsNotTaken(Case pattern) {
    for (Node inner : pattern.covers) {
      List<Node> outputs = new ArrayList<>(pattern.outputs);
      outputs.add(inner.shape().equals(TILE) ? of(Unary.TANH, inner) : inner);
      assertThat(covered(outputs)).doesNotContain(inner);
    }
  }

  /** The order of roots is the order in which their values come. */
  @ParameterizedTest
  @MethodSource("cases")
  void orderDoesNotMatter(Case pattern) {
    List<Node> outputs = new ArrayList<>(pattern.outputs);
    outputs.add(of(Unary.TANH, X));
    outputs.add(0, of(Unary.ATAN, Y));
    for (Step.Loop loop : loops(outputs)) {
      List<LoopOutput> backwards = new ArrayList<>(loop.roots());
      Collections.reverse(backwards);
      Step.Loop other = new Step.Loop(loop.sizes(), loop.inner(), backwards);
      assertThat(names(other, Fusions.ALL)).isEqualTo(names(loop, Fusions.ALL));
    }
  }

  @Test
  void whatIsComputedBetweenDoesNotMatter() {
    Node other = of(Unary.TANH, exp(Z));
    assertThat(names(add(mul(X, Y), other)))
        .isEqualTo(names(add(other, mul(X, Y))))
        .containsExactly("Elementwise", "Elementwise", "MultiplyAdd");
    Node p = sigmoid(X);
    assertThat(names(mul(mul(p, sub(scalar(1), p)), other)))
        .isEqualTo(names(mul(other, mul(sub(scalar(1), p), p))))
        .containsExactly("Elementwise", "Elementwise", "Elementwise", "SigmoidSlope");
  }

  @Test
  void withoutPatternsEachOperationIsAnInstruction() {
    assertThat(names(loops(List.of(add(mul(X, Y), Z))).get(0), List.of()))
        .containsExactly("Elementwise", "Elementwise");
    assertThat(names(loops(List.of(total(mul(X, Y)))).get(0), List.of()))
        .containsExactly("Elementwise", "TileFold");
  }

  @Test
  void whatNobodyReadsIsNotComputed() {
    Node match = equal(LABEL, ROW);
    Node one = sum(where(match, X, scalar(0)), 1);
    Node two = sum(where(match, Y, scalar(0)), 1);
    assertThat(names(one, two)).containsExactly("LabelLookup", "LabelLookup");
  }
}
