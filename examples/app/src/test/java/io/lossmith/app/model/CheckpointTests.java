package io.lossmith.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.train.History;
import io.lossmith.app.train.Snapshot;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingListener;
import io.lossmith.app.train.TrainingState;
import io.lossmith.core.Shape;
import io.lossmith.losses.metrics.ConfusionCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTests {
  private static final Checkpoint.Run RUN =
      new Checkpoint.Run(Map.of("--steps", List.of("40")), List.of("training picture a"));

  @TempDir private Path folder;

  @Test
  void goingOnFromStepTwentyGivesWhatFortyStepsGive() {
    TrainingState straight;
    ConfusionCounts counts;
    try (Trainer trainer = Learned.trainer(40)) {
      trainer.run(keeper(trainer, 1e9));
      straight = copy(trainer.state());
      counts = trainer.history().latest().counts().total(1);
      write(trainer, "straight");
    }
    try (Trainer trainer = Learned.trainer(20)) {
      trainer.run(keeper(trainer, 1e9));
    }
    Checkpoint checkpoint = read();
    assertThat(checkpoint.state().steps()).isEqualTo(20);
    try (Trainer trainer = Learned.trainer(40)) {
      trainer.restore(checkpoint.state());
      trainer.run(keeper(trainer, 1e9));
      TrainingState resumed = trainer.state();
      assertThat(resumed.figures()).isDeepEqualTo(straight.figures());
      assertThat(resumed.parameters()).isDeepEqualTo(straight.parameters());
      assertThat(resumed.optimizer().rate()).isEqualTo(straight.optimizer().rate());
      for (String name : List.of("mean", "square")) {
        assertThat(resumed.optimizer().moments().get(name))
            .isDeepEqualTo(straight.optimizer().moments().get(name));
      }
      assertThat(trainer.history().latest().counts().total(1)).isEqualTo(counts);
      assertThat(trainer.history().validations())
          .extracting(History.Validation::step)
          .containsExactly(15, 30, 40); // not 20, where the first training ended
      write(trainer, "resumed");
    }
    for (String model : List.of("-last", "-best")) {
      assertThat(folder.resolve("resumed" + model))
          .hasSameBinaryContentAs(folder.resolve("straight" + model));
    }
  }

  private void write(Trainer trainer, String name) {
    write(trainer, trainer.last(), name + "-last");
    write(trainer, trainer.best(), name + "-best");
  }

  private void write(Trainer trainer, Snapshot learned, String name) {
    Model.of(trainer, learned, Learned.plan(40), "dice", Map.of()).write(folder.resolve(name));
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    try (Trainer trainer = Learned.trainer(3)) {
      Checkpoints keeper = keeper(trainer, 0);
      trainer.run(keeper);
      assertThat(read().finished()).isFalse();
      keeper.finish();
      Checkpoint checkpoint = read();
      assertThat(checkpoint.finished()).isTrue();
      assertThat(checkpoint.run()).isEqualTo(RUN);
      assertThat(checkpoint.channels()).isEqualTo(1);
      assertThat(checkpoint.seconds()).isGreaterThan(100);
      assertThat(checkpoint.state().parameters()).isDeepEqualTo(trainer.parameters());
      assertThat(checkpoint.state().validations()).hasSameSizeAs(trainer.history().validations());
    }
  }

  @Test
  void oneIsWrittenAfterTheFirstStepAndTheLastAndWhenTimeHasPassed() {
    assertThat(written(1e9)).containsExactly(1, 1, 1, 1, 5);
    assertThat(written(0)).containsExactly(1, 2, 3, 4, 5);
  }

  private List<Integer> written(double interval) {
    List<Integer> steps = new ArrayList<>();
    try (Trainer trainer = Learned.trainer(5)) {
      trainer.run(
          TrainingListener.both(
              keeper(trainer, interval),
              new Told((step, all) -> steps.add(read().state().steps()))));
    }
    return steps;
  }

  @Test
  void whoEndsTheProgramGetsOneOfTheStepThatIsTaken() {
    try (Trainer trainer = Learned.trainer(200)) {
      Checkpoints keeper = keeper(trainer, 1e9);
      List<Integer> answers = new ArrayList<>();
      Thread user = new Thread(() -> answers.add(keeper.ask(20)));
      trainer.run(
          TrainingListener.both(
              new Told(
                  (step, all) -> {
                    if (step == 4) {
                      user.start();
                    }
                  }),
              keeper));
      user.join();
      assertThat(answers).hasSize(1);
      assertThat(answers.get(0)).isBetween(4, 199);
      assertThat(keeper.ask(0.1)).isEqualTo(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDiskThatIsFullSaysWhereTrainingGoesOn() throws IOException {
    try (Trainer trainer = Learned.trainer(3)) {
      Checkpoints keeper = keeper(trainer, 0);
      Path file = folder.resolve(Checkpoints.FILE);
      Told breaker =
          new Told(
              (step, all) -> {
                try {
                  Files.delete(file);
                  Files.createDirectories(file.resolve("in the way"));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(() -> trainer.run(TrainingListener.both(keeper, breaker)))
          .isInstanceOf(BadInput.class)
          .hasMessageContainingAll(
              "checkpoint.npz: cannot be written", "train --resume continues after step 1.");
      assertThat(folder.toFile().list()).containsExactly(Checkpoints.FILE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "checkpoint-2 | checkpoint-9 | written by a newer Lossmith",
        "\"steps\" : 2 | \"steps\" : 3 | array loss has shape [2], must be [3]",
        "\"steps\" : 2 | \"steps\" : -1 | steps is -1.0, must be a whole number in 1..2147483647",
        "\"finished\" : false | \"finished\" : 1 | finished is 1, must be true or false",
        "\"--steps\" : [ \"40\" ] | \"--steps\" : 40 | options",
        "\"counts\" | \"accounts\" | has no counts, must be a list",
        "\"factor\" : 1.0 | \"factor\" : 2.0 | factor is 2.0, must be a number in 0..1",
        "\"waited\" : 0 | \"waited\" : -1 | waited is -1.0, must be a whole number",
        "\"rate\" | \"pace\" | has no rate, must be an object",
      })
  void aDescriptionThatDoesNotFitIsRefused(String old, String changed, String words)
      throws IOException {
    write();
    Path file = folder.resolve(Checkpoints.FILE);
    byte[] description = Learned.entries(file).get("checkpoint.json");
    String text = new String(description, StandardCharsets.UTF_8);
    assertThat(text).contains(old);
    byte[] bytes = text.replace(old, changed).getBytes(StandardCharsets.UTF_8);
    Learned.change(file, "checkpoint.json", bytes);
    assertThatThrownBy(this::read)
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aCutOneAndAModelAreRefused() throws IOException {
    write();
    Path file = folder.resolve(Checkpoints.FILE);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    assertThatThrownBy(this::read)
        .hasMessageContaining("is cut or damaged, must be a checkpoint")
        .hasMessageContaining("train again without --resume");
    Npz.write(
        file,
        NpzFormat.MODEL,
        Map.of(),
        List.of(new Npz.Entry("out.bias", Shape.of(1), new float[1])));
    assertThatThrownBy(this::read).hasMessageContaining("is a model, must be a checkpoint");
  }

  private void write() {
    try (Trainer trainer = Learned.trainer(2)) {
      trainer.run(keeper(trainer, 1e9));
    }
  }

  private Checkpoints keeper(Trainer trainer, double interval) {
    return new Checkpoints(folder, interval, trainer, RUN, 100);
  }

  private Checkpoint read() {
    return Checkpoint.read(folder.resolve(Checkpoints.FILE));
  }

  private static TrainingState copy(TrainingState state) {
    return new TrainingState(
        Arrays.stream(state.parameters()).map(float[]::clone).toArray(float[][]::new),
        state.optimizer(),
        state.figures(),
        state.validations(),
        state.best());
  }
}
