package io.lossmith.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.data.Npy;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Scale;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.train.OutputHead;
import io.lossmith.app.train.UNet;
import io.lossmith.core.Shape;
import io.lossmith.losses.PredictionKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTests {
  private static final UNet NETWORK = new UNet(3, 4);
  private static final OutputHead HEAD = new OutputHead(PredictionKind.LOG_PROBABILITIES, 4);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeModel() {
    file = folder.resolve("model.npz");
    Map<String, Object> training = Map.of("loss", "dice", "steps", 5, "batch", 2);
    new Model(NETWORK, HEAD, NETWORK.initial(2), 3, new Scale(0.01f, 0.04f), training).write(file);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    Model model = Model.read(file);
    assertThat(model.parameters()).isDeepEqualTo(NETWORK.initial(2));
    assertThat(model.channels()).isEqualTo(3);
    assertThat(model.network().outputs()).isEqualTo(4);
    assertThat(model.scale()).isEqualTo(new Scale(0.01f, 0.04f));
    assertThat(model.head()).isEqualTo(HEAD);
    assertThat(model.training()).containsEntry("batch", 2);
    assertThat(model.summary()).isEqualTo("colour pictures, 4 classes, 5 steps with dice");
  }

  @Test
  void modelsOfTheVersionBeforeHaveNoBlack() throws IOException {
    String text = new String(Learned.entries(file).get("model.json"), StandardCharsets.UTF_8);
    String older =
        text.replace("lossmith-model-2", "lossmith-model-1")
            .replaceFirst("\"black\" : 0\\.01,\\s*", "");
    assertThat(older).doesNotContain("\"black\"");
    Learned.change(file, "model.json", older.getBytes(StandardCharsets.UTF_8));
    assertThat(Model.read(file).scale()).isEqualTo(new Scale(0, 0.04f));
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException, InterruptedException {
    byte[] first = Files.readAllBytes(file);
    Thread.sleep(2100); // zips know two seconds
    writeModel();
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void picturesArePreparedAsForTraining() {
    Picture grey = new Picture(1, 1, 1, new float[] {0.025f});
    Picture prepared = Model.read(file).prepared(grey);
    assertThat(prepared.channels()).isEqualTo(3);
    assertThat(prepared.values()).containsExactly(new float[] {0.5f, 0.5f, 0.5f}, within(1e-6f));
  }

  @Test
  void aCutFileIsRefusedWhereverItIsCut() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 50)) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused("must be a model", length < 2 ? "is no zip" : "is cut or damaged");
    }
  }

  @Test
  void aFlippedBitIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    refused("is damaged");
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    Files.writeString(file, "this is text, and long enough to be one");
    refused("is no zip, must be a model");
    Learned.change(file, "x", new byte[1]);
    refused("has no model.json in it");
    Files.delete(file);
    refused("there is no such file, must be a model");
    Files.createDirectory(file);
    refused("is a folder, must be a model");
  }

  @Test
  void aCheckpointIsNotTakenForAModel() throws IOException {
    Learned.change(file, "model.json", null);
    Learned.change(file, "checkpoint.json", new byte[2]);
    refused("is a checkpoint, must be a model; give the model.npz beside it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lossmith-model-2 | lossmith-model-3 | written by a newer Lossmith, use that one",
        "lossmith-model-2 | other | has format \"other\", must be \"lossmith-model-2\"",
        "unet-8-16-32 | vit | kind is vit, must be unet-8-16-32",
        "\"channels\" : 3 | \"channels\" : 2 | channels is 2, must be 1 or 3",
        "\"outputs\" : 4 | \"outputs\" : 0 | outputs is 0.0, must be a whole number in 1..255",
        "\"outputs\" : 4 | \"outputs\" : \"4\" | outputs is 4, must be a number",
        "\"white\" : 0.04 | \"white\" : NaN | white is NaN, must be a number above black",
        "\"white\" : 0.04 | \"grey\" : 1 | has no white, must be a number",
        "\"network\" | \"net\" | has no network, must be an object",
        "\"outputs\" : 4 | \"outputs\" : 5 | has shape [4, 8, 1, 1], must be [5, 8, 1, 1]",
        "{ | [ | is not JSON",
      })
  void aDescriptionThatDoesNotFitIsRefused(String old, String changed, String words)
      throws IOException {
    String text = new String(Learned.entries(file).get("model.json"), StandardCharsets.UTF_8);
    assertThat(text).contains(old);
    byte[] bytes = text.replace(old, changed).getBytes(StandardCharsets.UTF_8);
    Learned.change(file, "model.json", bytes);
    refused(words);
  }

  @Test
  void arraysThatDoNotFitAreRefused() throws IOException {
    replace("out.bias", Shape.of(4), 0, Float.NaN, 0, 0);
    refused("array out.bias has NaN at element 1, must be numbers");
    replace("out.bias", Shape.of(4), 0, 0, 0, Float.NEGATIVE_INFINITY);
    refused("array out.bias has -Infinity at element 3");
    replace("out.bias", Shape.of(2, 2), 0, 0, 0, 0);
    refused("array out.bias has shape [2, 2], must be [4]");
    Learned.change(file, "out.bias.npy", new byte[] {1, 2, 3, 4, 5, 6, 7});
    refused("array out.bias: is not a .npy file");
    Learned.change(file, "out.bias.npy", null);
    refused("has no array out.bias");
  }

  private void replace(String name, Shape shape, float... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Npy.write(bytes, shape, values);
    Learned.change(file, name + ".npy", bytes.toByteArray());
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> Model.read(file))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(words)
        .hasMessageEndingWith(".")
        .hasMessageNotContainingAny("\n", "null");
  }
}
