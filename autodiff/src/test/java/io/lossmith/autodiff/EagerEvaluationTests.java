package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.graph.Graph;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EagerEvaluationTests {
  private static int nodes(Tensor x) {
    return Graph.of(List.of(), List.of(x.node())).nodes().size();
  }

  @Test
  void runningTotalsDoNotGrow() {
    Tensor total = Tensor.scalar(0);
    for (int i = 0; i < 1000; i++) {
      total = total.plus(Tensor.of(new float[] {i}, 1).sum());
      total.item();
      assertThat(nodes(total)).isEqualTo(2);
    }
    assertThat(total.item()).isEqualTo(499_500);
  }

  /**
   * As in a logarithm that must not see 0: no rewriting may add the small number to the largest.
   */
  @Test
  void aSmallNumberAddedToADifferenceOfLargeOnesIsKept() {
    Tensor x = Tensor.of(new float[] {100, 50, 1000, 900}, 2, 2);
    Tensor y = x.minus(x.maxKeep(1)).plus(1e-6);
    assertThat(y.toArray()).containsExactly(1e-6f, -50 + 1e-6f, 1e-6f, -100 + 1e-6f);
  }

  @Test
  void whatAnEvaluatedTensorCameFromIsCollected() throws InterruptedException {
    float[] data = new float[1000];
    WeakReference<float[]> reference = new WeakReference<>(data);
    Tensor y = Tensor.wrap(data, 1000).plus(1).sum();
    data = null;
    assertThat(y.item()).isEqualTo(1000);
    for (int i = 0; i < 100 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(reference.get()).isNull();
    assertThat(y.item()).isEqualTo(1000);
  }

  @Test
  void severalTensorsAreComputedTogether() {
    Tensor x = Tensor.of(new float[] {1, 2}, 2).exp();
    Tensor y = x.sum();
    int before = Programs.compiled();
    Tensor.evaluate(x, y, Tensor.scalar(2));
    int after = Programs.compiled();
    assertThat(x.toArray()[0] + x.toArray()[1]).isEqualTo(y.item());
    assertThat(Programs.compiled()).isEqualTo(after);
    assertThat(after - before).isLessThanOrEqualTo(1);
  }

  @Test
  void manyThreadsMayReadTheSameTensors() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        Tensor x = Tensor.of(new float[] {round, 1, 2, 3}, 4);
        Tensor y = x.square().sum();
        Tensor g = Gradients.of(y, x);
        List<Callable<Float>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          tasks.add(i % 2 == 0 ? y::item : () -> g.toArray()[0] / 2);
        }
        int i = 0;
        for (Future<Float> result : threads.invokeAll(tasks)) {
          assertThat(result.get()).isEqualTo(i++ % 2 == 0 ? round * round + 14 : round);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void manyThreadsMayUseAFunctionWhileProgramsAreDropped() throws Exception {
    System.setProperty("lossmith.programs", "2");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Float>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int size = 1 + i % 5;
        tasks.add(
            () ->
                Gradients.valueAndGradient((Tensor x) -> x.plus(size).sum())
                    .apply(Tensor.zeros(size))
                    .value()
                    .item());
      }
      int i = 0;
      for (Future<Float> result : threads.invokeAll(tasks)) {
        int size = 1 + i++ % 5;
        assertThat(result.get()).isEqualTo(size * size);
      }
    } finally {
      threads.shutdownNow();
      System.clearProperty("lossmith.programs");
    }
  }
}
