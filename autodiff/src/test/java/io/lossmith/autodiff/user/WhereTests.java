package io.lossmith.autodiff.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stands outside of the package, as a user does. */
class WhereTests {
  private final List<Graph> graphs = new ArrayList<>();

  private final Engine engine =
      new Engine() {
        @Override
        public String name() {
          return "keeps graphs";
        }

        @Override
        public String description() {
          return "";
        }

        @Override
        public int rank() {
          return -1;
        }

        @Override
        public Program compile(Graph graph) {
          graphs.add(graph);
          return Engines.byName("reference").compile(graph);
        }
      };

  @Test
  void nodesKnowTheLineThatMadeThem() {
    Tracing.compile(
        engine,
        List.of(Shape.of(2)),
        a -> {
          Tensor y = a.get(0).tanh().square();
          return List.of(y, Gradients.of(y, a.get(0)));
        });
    for (Node node : graphs.get(0).nodes()) {
      if (!(node.op() instanceof Leaf)) {
        assertThat(node.where()).isNotNull();
        assertThat(node.where().getClassName()).isEqualTo(getClass().getName());
      }
    }
  }

  @Test
  void aWrongShapeIsFoundOnTheLineThatMakesIt() {
    assertThatThrownBy(() -> Tensor.zeros(2).plus(Tensor.zeros(3)))
        .satisfies(
            e ->
                assertThat(e.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(getClass().getName())));
  }
}
