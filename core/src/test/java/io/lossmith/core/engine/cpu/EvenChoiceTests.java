package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.data;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.where;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.AsReference;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.CumulativeSum;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Choices by one condition for all: what is chosen is computed where the choice goes. */
class EvenChoiceTests {
  private static final Shape SHAPE = Shape.of(3, 5, 2333);

  private final Node x = input(0, SHAPE.toArray());
  private final Node y = input(1, SHAPE.toArray());

  private void check(Node... outputs) {
    AsReference.check(Graph.of(List.of(SHAPE, SHAPE), List.of(outputs)));
  }

  private static Node condition(float number) {
    return data(Shape.of(1, 1, 1), number);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1, -2, Float.NaN})
  void eitherSideIsANumber(float condition) {
    Node choosing = condition(condition);
    check(where(choosing, mul(exp(x), y), scalar(3)));
    check(where(choosing, scalar(3), mul(exp(x), y)));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1})
  void eitherSideIsComputedOrRead(float condition) {
    Node choosing = condition(condition);
    check(where(choosing, mul(exp(x), y), sigmoid(x)));
    check(where(choosing, x, add(x, y)));
    check(where(choosing, exp(x), y));
    check(where(choosing, exp(x), exp(x)));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1})
  void oneSideIsTheSameForAllRows(float condition) {
    Node choosing = condition(condition);
    Node greatest = max(x, 1);
    check(where(choosing, exp(sub(x, greatest)), exp(greatest)));
    check(where(choosing, exp(greatest), exp(sub(x, greatest))));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1})
  void whatOthersReadStays(float condition) {
    Node choosing = condition(condition);
    Node power = exp(x);
    check(where(choosing, power, scalar(2)), add(power, y));
    check(where(choosing, power, scalar(2)), power);
    check(where(choosing, power, scalar(2)), where(choosing, scalar(1), power));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1})
  void anOperandThatIsReadAfterwardsIsNotWrittenOver(float condition) {
    Node sums = of(new CumulativeSum(1, false, false), x);
    Node chosen = where(condition(condition), exp(sums), sums);
    check(of(new CumulativeSum(1, false, false), chosen));
    Node sum = where(condition(condition), add(exp(sums), y), mul(sums, y));
    check(of(new CumulativeSum(1, false, false), sum));
  }
}
