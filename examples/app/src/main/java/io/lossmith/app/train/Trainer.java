package io.lossmith.app.train;

import io.lossmith.app.data.CropSampler;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Scale;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.autodiff.optimizer.Adam;
import io.lossmith.autodiff.optimizer.Optimizer;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.Loss;
import java.util.Set;

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
  private final History history = new History();

  /**
   * Prepares all that can fail before the first step.
   *
   * @param outputs 1, or how many classes there are
   * @param ignored labels of pixels that the loss leaves out, and so do the scores
   * @throws BadInput if a picture is smaller than a piece
   * @throws IllegalArgumentException if loss, network and labels do not go together
   */
  public Trainer(
      TrainingPlan plan,
      DataSet data,
      int outputs,
      Set<Integer> ignored,
      Loss loss,
      Engine engine) {
    this.plan = plan;
    this.data = data;
    this.network = new UNet(data.channels(), outputs);
    this.head = OutputHead.of(loss, outputs);
    this.parameters = network.initial(plan.seed());
    this.sampler =
        new CropSampler(data.training(), plan.crop(), plan.augmentation(), plan.seed() + 1);
    Shape batch = Shape.of(plan.batch(), data.channels(), plan.crop(), plan.crop());
    this.step = new TrainingStep(network, loss, engine, parameters, batch);
    this.adam = Adam.of(plan.learningRate()).over(onProcessor(engine), parameters);
    this.predictor = new Predictor(network, head, engine, parameters);
    this.scored = ScoredClasses.of(outputs, ignored);
  }

  /** The parameters are arrays of ours, and a step of few numbers is not worth their travel. */
  private static Engine onProcessor(Engine engine) {
    return engine.name().equals("cpu") ? engine : Engines.byName("cpu");
  }

  /**
   * Takes all steps that are left.
   *
   * @throws BadInput if the loss stops being a number
   * @throws IllegalArgumentException if a gradient does
   */
  public void run(TrainingListener listener) {
    long started = System.nanoTime();
    long validating = 0;
    for (int number = history.steps() + 1; number <= plan.steps(); number++) {
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
      adam.step(step.gradients());
      history.add(loss);
      long now = System.nanoTime();
      // Many or large validation pictures are scored less often: a quarter of the time at most.
      boolean due = number % plan.validationInterval() == 0 && validating <= (now - started) / 4;
      if (due || number == plan.steps()) {
        history.add(new History.Validation(number, predictor.counts(data.validation(), scored)));
        validating += System.nanoTime() - now;
        listener.validated(history);
      }
      listener.stepped(number, plan.steps(), history);
    }
  }

  /** Returns all that is needed to go on from here; the parameters are the live arrays. */
  public TrainingState state() {
    return new TrainingState(parameters, adam.state(), history.losses(), history.validations());
  }

  /** Goes on from where another trainer of the same plan and pictures was; before any step. */
  public void restore(TrainingState state) {
    for (int k = 0; k < parameters.length; k++) {
      System.arraycopy(state.parameters()[k], 0, parameters[k], 0, parameters[k].length);
    }
    adam.restore(state.optimizer());
    history.restore(state.losses(), state.validations());
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
