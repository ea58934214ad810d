package io.lossmith.autodiff.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.autodiff.OperationKinds;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Traced;
import io.lossmith.core.engine.MadeUpEngine;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Fold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whether formulas are what they are taken for: many kinds, repeatable, made smaller. */
class FormulaTests {
  private static List<String> words(Formula formula) {
    List<String> words = new ArrayList<>();
    Traced.of(
        Inputs.shapes(formula),
        tensors -> {
          Growth growth = Growth.of(formula, Given.of(tensors));
          words.addAll(growth.words());
          return List.<Tensor>of(growth.last());
        });
    return words;
  }

  @Test
  void everyOperationOccurs() {
    Set<String> missing = new TreeSet<>();
    Operations.all().forEach(operation -> missing.add(operation.name()));
    for (long seed = 0; seed < 3000; seed++) {
      for (String line : words(Formula.of(seed))) {
        String operation = line.substring(line.indexOf(" = ") + 3);
        Operations.all().stream()
            .map(Operation::name)
            .filter(name -> operation.startsWith(name + " "))
            .max(Comparator.comparingInt(String::length))
            .ifPresent(missing::remove);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyOperationOfTheLibraryOccurs() {
    Set<Object> missing = OperationKinds.all();
    for (long seed = 0; seed < 15_000 && !missing.isEmpty(); seed++) {
      missing.removeAll(OperationKinds.in(Trial.of(Formula.of(seed)).graph()));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void aSeedIsOneFormula() {
    assertThat(words(Formula.of(5))).isNotEmpty().isEqualTo(words(Formula.of(5)));
    assertThat(Trial.of(Formula.of(5)).inputs()).isDeepEqualTo(Trial.of(Formula.of(5)).inputs());
  }

  @Test
  void formulasThatAreSimplerGrowSmaller() {
    for (Formula simpler : Formula.of(6).simpler()) {
      boolean isShorter = simpler.size() < Formula.of(6).size();
      boolean isNarrower = simpler.shape().count() < Formula.of(6).shape().count();
      assertThat(isShorter || isNarrower).as("%s", simpler).isTrue();
    }
  }

  @Test
  void aWrongFormulaIsMadeSmall() {
    Contender wrong = new Contender("wrong", new SumsTwice(), false);
    Finding found = null;
    for (long seed = 0; found == null; seed++) {
      Outcome outcome = Examination.of(Formula.of(seed), wrong, false);
      if (outcome.differs()) {
        found = Finding.shrunk(Formula.of(seed), wrong, outcome);
      }
    }
    assertThat(found.formula().size()).isLessThanOrEqualTo(2);
    assertThat(found.toString())
        .contains("wrong value", "again: autodiff/random-formulas " + found.formula().seed());
  }

  /** The reference, but for a first output that comes out twice as large where there are sums. */
  private static final class SumsTwice extends MadeUpEngine {
    SumsTwice() {
      super("wrong");
    }

    @Override
    protected void run(Graph graph, float[][] inputs, float[][] outputs) {
      new ReferenceEngine().compile(graph).run(inputs, outputs);
      boolean isHit =
          graph.nodes().stream()
              .anyMatch(node -> node.op() instanceof AxisFold fold && fold.fold() == Fold.SUM);
      outputs[0][0] *= isHit ? 2 : 1;
    }
  }
}
