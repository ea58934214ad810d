package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import io.lossmith.core.op.WholeArrayOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formulas of the operations against numbers worked out by hand. */
class OpTableTests {
  @ParameterizedTest
  @MethodSource("io.lossmith.core.engine.OpTable#rows")
  void theFormulaGivesTheNumberInTheTable(OpTable.Row row) {
    List<Node> operands = new ArrayList<>();
    double[][] inputs = new double[row.operands().length][];
    for (int i = 0; i < inputs.length; i++) {
      float[] operand = row.operands()[i];
      inputs[i] = new double[operand.length];
      Arrays.setAll(inputs[i], at -> operand[at]);
      operands.add(Node.leaf(new Leaf.Input(i), row.shapes().get(i)));
    }
    Node node = Node.of(row.op(), operands, null);
    assertThat(node.shape()).isEqualTo(row.shape());
    double[] got = ReferenceEngine.evaluate(Graph.of(row.shapes(), List.of(node)), inputs)[0];
    assertThat(got).hasSameSizeAs(row.want());
    for (int i = 0; i < got.length; i++) {
      double margin = 1e-7 * Math.abs(row.want()[i]);
      assertThat(
              got[i] == row.want()[i]
                  || Double.isNaN(got[i]) && Double.isNaN(row.want()[i])
                  || Math.abs(got[i] - row.want()[i]) <= margin)
          .as("element %s is %s, must be %s", i, got[i], row.want()[i])
          .isTrue();
    }
  }

  @Test
  void everyElementwiseOperationHasARow() {
    Set<Object> covered = OpTable.rows().stream().map(OpTable.Row::op).collect(Collectors.toSet());
    assertThat(covered).contains((Object[]) Unary.values());
    assertThat(covered).contains((Object[]) Binary.values());
    assertThat(covered).contains((Object[]) Where.values());
  }

  @Test
  void everyFoldHasARow() {
    assertThat(
            OpTable.rows().stream()
                .filter(row -> row.op() instanceof AxisFold)
                .map(row -> ((AxisFold) row.op()).fold()))
        .contains(Fold.values());
  }

  @Test
  void everyMoveAndEveryWholeArrayOperationHasARow() {
    Stream<Class<?>> kinds =
        Stream.of(Move.Picking.class, Move.Placing.class, WholeArrayOp.class)
            .flatMap(k -> Arrays.stream(k.getPermittedSubclasses()));
    assertThat(OpTable.rows().stream().map(row -> (Object) row.op().getClass()).toList())
        .containsAll(kinds.map(k -> (Object) k).toList());
  }
}
