package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.shard.Shard;
import io.lossmith.core.shard.Workers;
import io.lossmith.losses.Subject.Predictions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Several workers get the loss of the whole batch, each with the gradient of its own samples. */
class ShardedLossTests {
  private static final int BATCH = 5;
  private static final Shape PICTURES = Shape.of(BATCH, 3, 8, 8);
  private static final Shape BOXES = Shape.of(BATCH, 4);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** They sort all pixels of the batch, which no worker has. */
  private static final Set<String> SORTED = Set.of("lovasz-hinge", "lovasz-softmax", "top-k");

  private final Random random = new Random(11);

  private int all;
  private int sameBits;

  private record Result(float value, float[] gradient) {}

  @Test
  void anyLossOfTheCatalogueIsThatOfTheBatch() throws Exception {
    Set<String> refused = new TreeSet<>();
    int compared = 0;
    for (Subject subject : Subject.ALL) {
      Shape shape = subject.predictions() == Predictions.BOXES ? BOXES : PICTURES;
      boolean labels = subject.predictions() != Predictions.BOXES && Scene.labels(subject, shape);
      Scene scene = Scene.of(subject, shape, labels, 3 + compared);
      for (boolean masked : new boolean[] {false, true}) {
        try {
          requireThatOfTheBatch(scene, masked);
          compared++;
        } catch (EngineException e) {
          assertThat(e).hasMessageContaining("work on each sample (perImage)");
          assertThat(subject.options()).as(subject.id()).doesNotContainEntry("perImage", true);
          refused.add(subject.id());
        }
      }
    }
    assertThat(refused).isEqualTo(SORTED);
    assertThat(compared).isGreaterThan(150);
    assertThat(sameBits).isGreaterThan(all * 98 / 100); // as one worker; plans may differ
  }

  private void requireThatOfTheBatch(Scene scene, boolean masked) throws Exception {
    Result whole = evaluate(scene, masked, null);
    int[] ends = random.ints(random.nextInt(4), 0, BATCH + 1).sorted().toArray();
    List<Collective> workers = LocalCollective.of(ends.length + 1, PATIENCE);
    List<Result> parts;
    try {
      parts =
          Workers.inThreads(
              workers.size(), rank -> evaluate(scene, masked, shard(workers.get(rank), ends)));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException cause ? cause : e;
    }
    Collective own = LocalCollective.of(1, PATIENCE).get(0);
    Result one = evaluate(scene, masked, Shard.even(BATCH, own));
    int each = scene.prediction.length / BATCH;
    float most = 0;
    for (float slope : whole.gradient()) {
      most = Math.max(most, Math.abs(slope));
    }
    for (int rank = 0; rank < parts.size(); rank++) {
      Result part = parts.get(rank);
      String what = scene.subject + ", worker " + rank + " of " + parts.size();
      assertThat(part.value()).as(what).isEqualTo(parts.get(0).value());
      assertThat(part.value()).as(what).isCloseTo(whole.value(), within(roundings(whole.value())));
      int first = shard(workers.get(rank), ends).first() * each;
      all++;
      float[] gradient = Arrays.copyOfRange(one.gradient(), first, first + part.gradient().length);
      sameBits += part.value() == one.value() && Arrays.equals(part.gradient(), gradient) ? 1 : 0;
      for (int i = 0; i < part.gradient().length; i++) {
        assertThat(part.gradient()[i])
            .as(what + ", gradient at " + i)
            .isCloseTo(whole.gradient()[first + i], within(roundings(most)));
      }
    }
  }

  /** Four roundings of a float, of numbers near 1 at least. */
  private static float roundings(float of) {
    return 4 * Math.ulp(Math.max(1, Math.abs(of)));
  }

  private static Shard shard(Collective own, int[] ends) {
    int first = own.rank() == 0 ? 0 : ends[own.rank() - 1];
    int end = own.rank() == ends.length ? BATCH : ends[own.rank()];
    return new Shard(first, end - first, BATCH, own);
  }

  private static Result evaluate(Scene scene, boolean masked, Shard shard) {
    InputShapes shapes = InputShapes.of(scene.shape, scene.targetShape);
    shapes = masked ? shapes.withMask(scene.maskShape) : shapes;
    shapes = shard == null ? shapes : shapes.sharded(shard);
    float[] prediction = own(scene.prediction, shard);
    float[] gradient = new float[prediction.length];
    try (Compiled compiled = scene.subject.loss().compile(shapes)) {
      float[] mask = masked ? own(scene.mask, shard) : null;
      float value = compiled.evaluate(prediction, own(scene.target, shard), mask, gradient);
      return new Result(value, gradient);
    } catch (RuntimeException e) {
      if (shard != null) {
        shard.collective().close();
      }
      throw e;
    }
  }

  private static float[] own(float[] all, Shard shard) {
    int each = all.length / BATCH;
    return shard == null
        ? all
        : Arrays.copyOfRange(all, shard.first() * each, (shard.first() + shard.samples()) * each);
  }

  @Test
  void aTargetMayBeKept() throws Exception {
    Shape shape = Shape.of(BATCH, 1, 8, 8);
    Scene scene = Scene.of(Subject.ALL.get(1), shape, false, 5);
    float[] want = new float[shape.count()];
    Loss loss = Boundary.sigmoid().plus(Dice.sigmoid().withAggregate(Aggregate.BATCH));
    float value;
    try (Compiled whole = loss.compile(InputShapes.of(shape, shape))) {
      value = whole.evaluate(scene.prediction, binary(scene.target), null, want);
    }
    List<Collective> workers = LocalCollective.of(2, PATIENCE);
    List<Float> values =
        Workers.inThreads(
            2,
            rank -> {
              Shard shard = Shard.even(BATCH, workers.get(rank));
              try (Compiled compiled = loss.compile(InputShapes.of(shape, shape).sharded(shard));
                  KeptTarget kept = compiled.keep(own(binary(scene.target), shard), null)) {
                kept.evaluate(own(scene.prediction, shard), null);
                return kept.evaluate(own(scene.prediction, shard), null);
              }
            });
    assertThat(values).allSatisfy(own -> assertThat(own).isCloseTo(value, within(1e-6f)));
  }

  private static float[] binary(float[] soft) {
    float[] hard = new float[soft.length];
    for (int i = 0; i < hard.length; i++) {
      hard[i] = soft[i] > 0.5f ? 1 : 0;
    }
    return hard;
  }

  @Test
  void eachSamplesLossIsTheWorkersOwn() {
    Collective own = LocalCollective.of(1, PATIENCE).get(0);
    Shape shape = Shape.of(BATCH, 1, 8, 8);
    Loss each = Dice.sigmoid().withReduction(Reduction.NONE);
    Shard shard = new Shard(1, 3, BATCH, own);
    try (Compiled compiled = each.compile(InputShapes.of(shape, shape).sharded(shard))) {
      assertThat(compiled.valueShape()).isEqualTo(Shape.of(3, 1));
    }
  }

  @Test
  void whatHasNotTheBatchIsRefused() {
    Collective own = LocalCollective.of(1, PATIENCE).get(0);
    Loss loss = (p, t) -> p.minus(t).square().mean();
    InputShapes shapes =
        InputShapes.of(Shape.of(4, 2), Shape.of(4, 2)).sharded(Shard.even(BATCH, own));
    assertThatThrownBy(() -> loss.compile(shapes))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("sharding: input 0 is [4, 2], must have the batch of 5");
    Loss mixing = (p, t) -> Tensor.concat(0, p.slice(0, 1, 4), t.slice(0, 0, 1)).mean();
    InputShapes four = InputShapes.of(Shape.of(4, 2), Shape.of(4, 2)).sharded(Shard.even(4, own));
    assertThatThrownBy(() -> mixing.compile(four))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("built at io.lossmith")
        .hasMessageContaining("ShardedLossTests.java:");
  }
}
