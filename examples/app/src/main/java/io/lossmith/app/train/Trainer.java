package io.lossmith.app.train;

import io.lossmith.app.data.CropSampler;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.Scale;
import io.lossmith.app.data.Share;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.app.workers.Agreement;
import io.lossmith.app.workers.Alone;
import io.lossmith.autodiff.optimizer.Adam;
import io.lossmith.autodiff.optimizer.Optimizer;
import io.lossmith.core.Shape;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.shard.Shard;
import io.lossmith.losses.Loss;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns a network from pictures. Not thread-safe. */
public final class Trainer implements AutoCloseable {
  private final TrainingPlan plan;
  private final DataSet data;
  private final UNet network;
  private final OutputHead head;
  private final float[][] parameters;
  private final CropSampler sampler;
  private final TrainingStep step;
  private final Optimizer adam;
  private final Predictor predictor;
  private final ScoredClasses scored;
  private final Shard shard;
  private final int interval;
  private final History history = new History();
  private @Nullable Snapshot best; // of those scored in the interval

  /** Prepares to train alone; as the other constructor says. */
  public Trainer(
      TrainingPlan plan,
      DataSet data,
      int outputs,
      Set<Integer> ignored,
      Loss loss,
      Engine engine) {
    this(plan, data, outputs, ignored, loss, engine, Alone.WORKER);
  }

  /**
   * Prepares all that can fail before the first step.
   *
   * @param outputs 1, or how many classes there are
   * @param ignored labels of pixels that the loss leaves out, and so do the scores
   * @param worker one of those who train together: each cuts its own share of each batch, and
   *     scores its own validation pictures; what is learned, and measured, is the same on all
   * @throws BadInput if a picture is smaller than a piece
   * @throws IllegalArgumentException if loss, network and labels do not go together
   */
  public Trainer(
      TrainingPlan plan,
      DataSet data,
      int outputs,
      Set<Integer> ignored,
      Loss loss,
      Engine engine,
      Collective worker) {
    this.plan = plan;
    this.data = data;
    this.network = new UNet(data.channels(), outputs);
    this.head = OutputHead.of(loss, outputs);
    this.parameters = network.initial(plan.seed());
    int crop = plan.pieces().crop();
    Shape batch = Shape.of(plan.pieces().batch(), data.channels(), crop, crop);
    this.shard = Shard.even(plan.pieces().batch(), worker);
    Share share = Share.of(List.of(worker), plan.pieces().batch(), plan.seed());
    this.sampler = new CropSampler(data.training(), plan.pieces(), plan.seed() + 1, share);
    this.step = new TrainingStep(network, loss, engine, parameters, batch, shard);
    this.adam = Adam.of(plan.rate()).over(onProcessor(engine), parameters);
    this.predictor = new Predictor(network, head, engine, parameters);
    this.scored = ScoredClasses.of(outputs, ignored);
    this.interval = plan.validationInterval(data.validation().facts());
  }

  /** The parameters are arrays of ours, and a step of few numbers is not worth their travel. */
  private static Engine onProcessor(Engine engine) {
    return engine.name().equals("cpu") ? engine : Engines.byName("cpu");
  }

  /**
   * Takes all steps that are left.
   *
   * @throws BadInput if the loss stops being a number, or workers come to different weights
   * @throws IllegalArgumentException if a gradient does
   */
  public void run(TrainingListener listener) {
    while (history.steps() < plan.steps() && !isStoppedEarly()) {
      int number = history.steps() + 1;
      step(number);
      if (number % interval == 0 || number == plan.steps()) {
        validate(number);
        listener.validated(history);
      }
      listener.stepped(number, isStoppedEarly() ? number : plan.steps(), history);
    }
    Agreement.requireWeights(worker(), Checksum.of(parameters));
  }

  private void step(int number) {
    sampler.startStep(number);
    sampler.fill(step.pictures, step.labels);
    float loss = step.run();
    if (!Float.isFinite(loss)) {
      throw new BadInput(
          "train: the loss is "
              + loss
              + " at step "
              + number
              + ", must be a number; give a smaller --learning-rate than "
              + plan.learningRate()
              + ".");
    }
    float rate = (float) adam.learningRate();
    adam.step(step.gradients());
    float norm = (float) Math.min(adam.gradientNorm(), Float.MAX_VALUE); // files have numbers alone
    history.add(loss, rate, norm);
  }

  private void validate(int number) {
    History.Validation now = new History.Validation(number, counts());
    history.add(now);
    if (number % interval == 0 && !Double.isNaN(now.dice())) {
      adam.scored(now.dice());
      if (isBetter(now)) {
        best = new Snapshot(now, copy(parameters));
      }
    }
  }

  /** Each worker answers some of the pictures, and all get the counts of all. */
  private ConfusionTable counts() {
    List<Sample> own = new ArrayList<>();
    for (int i = worker().rank(); i < data.validation().size(); i += worker().size()) {
      own.add(data.validation().get(i));
    }
    return SharedCounts.of(predictor.counts(own, scored), worker());
  }

  private boolean isBetter(History.Validation now) {
    return best == null || now.dice() > best.validation().dice();
  }

  private static float[][] copy(float[][] arrays) {
    return Arrays.stream(arrays).map(float[]::clone).toArray(float[][]::new);
  }

  /** Returns whether it ended, or will, because the scores have not risen for long. */
  public boolean isStoppedEarly() {
    int last = history.scoredSteps();
    int since = last - (best == null ? 0 : best.validation().step());
    return plan.patience() > 0 && last < plan.steps() && since >= plan.patience();
  }

  /** Returns all that is needed to go on from here; the parameters are the live arrays. */
  public TrainingState state() {
    return new TrainingState(
        parameters, adam.state(), history.figures(), history.validations(), best);
  }

  /**
   * Goes on from where another trainer of the same plan, but for fewer steps, and of the same
   * pictures was; before any step.
   */
  public void restore(TrainingState state) {
    for (int k = 0; k < parameters.length; k++) {
      System.arraycopy(state.parameters()[k], 0, parameters[k], 0, parameters[k].length);
    }
    adam.restore(state.optimizer());
    // Where more steps are to come than there were to be, what was the last is none of the
    // interval.
    history.restore(
        state.figures(),
        state.validations().stream()
            .filter(one -> one.step() % interval == 0 || one.step() == plan.steps())
            .toList());
    best = state.best();
  }

  /** Returns what it has learned now; to be asked after the last step, when that was scored. */
  public Snapshot last() {
    return new Snapshot(history.latest(), parameters);
  }

  /** Returns what answered the validation pictures best; to be asked after the last step. */
  public Snapshot best() {
    return best == null || isBetter(history.latest()) ? last() : best;
  }

  /** Returns who of those that train together this is. */
  public Collective worker() {
    return shard.collective();
  }

  /** Returns in words where it stands: steps, and what tells its parameters from others. */
  public String position() {
    return "step %d, parameters %08x".formatted(history.steps(), Checksum.of(parameters));
  }

  /** Returns in words what a step computes, and what it exchanges with other workers. */
  public String explain() {
    return step.explain();
  }

  /** Returns in words what a step exchanges with other workers; nothing where there are none. */
  public String exchanges() {
    return explain()
        .lines()
        .filter(line -> line.contains(" with other workers in a run: "))
        .map(line -> line.replace("in a run", "in a step"))
        .findFirst()
        .orElse("");
  }

  /** Returns which pixels scores count. */
  public ScoredClasses scored() {
    return scored;
  }

  /** Returns what was measured so far. */
  public History history() {
    return history;
  }

  /** Returns what it learns from and measures on. */
  public DataSet data() {
    return data;
  }

  /** Returns how many channels a picture has. */
  public int channels() {
    return data.channels();
  }

  /** Returns which values of picture files the network sees as black and white. */
  public Scale scale() {
    return data.scale();
  }

  /** Returns what becomes of the network's outputs. */
  public OutputHead head() {
    return head;
  }

  /** Returns the network. */
  public UNet network() {
    return network;
  }

  /** Returns the parameters as they are now. */
  public float[][] parameters() {
    return parameters;
  }

  /** Returns what answers with the parameters as they are now. */
  public Predictor predictor() {
    return predictor;
  }

  @Override
  public void close() {
    step.close();
    adam.close();
    predictor.close();
  }
}
