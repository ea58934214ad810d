package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.ValueRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTests {
  private static final Check RANGE = new Check("p", ValueRange.of(0, 1), "0..1");

  private static String message(Shape shape, double... values) {
    Throwable thrown = catchThrowable(() -> Checks.require(RANGE, shape, values));
    assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
    return thrown.getMessage();
  }

  @Test
  void theFirstBadValueIsNamedWithItsPlace() {
    assertThat(message(Shape.of(2, 3), 0, 1, 0.5, 0, 7, -1))
        .isEqualTo("p is 7 at [1, 1]; must be 0..1");
    assertThat(message(Shape.SCALAR, -3)).isEqualTo("p is -3 at []; must be 0..1");
  }

  @Test
  void numbersAreWrittenAsPeopleWriteThem() {
    Shape one = Shape.of(1);
    assertThat(message(one, 300)).startsWith("p is 300 at");
    assertThat(message(one, 1.2f)).startsWith("p is 1.2 at");
    assertThat(message(one, 1 + 1e-12)).startsWith("p is 1.000000000001 at");
    assertThat(message(one, Double.NaN)).startsWith("p is NaN at");
    assertThat(message(one, Double.NEGATIVE_INFINITY)).startsWith("p is -Infinity at");
    assertThat(message(one, 1e20)).startsWith("p is 1.0E20 at");
  }

  @Test
  void goodValuesPass() {
    assertThatCode(() -> Checks.require(RANGE, Shape.of(3), new double[] {0, 0.5, 1}))
        .doesNotThrowAnyException();
  }

  @Test
  void aReportFindsTheFirstBrokenCheckOfAGraph() {
    Node x = check("x", input(0, 2), 0, 1);
    Node y = check("y", mul(x, scalar(10)), 0, 5);
    Graph graph = Graph.of(List.of(Shape.of(2)), List.of(y));
    assertThatThrownBy(() -> Checks.report(graph, new float[][] {{0, 2}}))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("x is 2 at [1]; must be 0..1");
    assertThatThrownBy(() -> Checks.report(graph, new float[][] {{0, 0.75f}}))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("y is 7.5 at [1]; must be 0..5");
    // What another engine may have rounded to the other side.
    assertThatThrownBy(() -> Checks.report(graph, new float[][] {{0, 0}}))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("x or y has a value just outside of what is allowed; must be 0..1, or 0..5");
  }
}
