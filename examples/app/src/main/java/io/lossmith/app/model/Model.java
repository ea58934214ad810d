package io.lossmith.app.model;

import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Scale;
import io.lossmith.app.train.OutputHead;
import io.lossmith.app.train.Snapshot;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.app.train.UNet;
import io.lossmith.losses.PredictionKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that has learned, and what pictures must be like for it. The file says in {@code
 * model.json} what the network is and how it was trained.
 *
 * @param network what computes
 * @param head what its outputs mean
 * @param parameters as {@link UNet#parameters()} lists them
 * @param channels of a picture
 * @param scale which values in picture files, as parts of the greatest, the network sees as 0 and 1
 * @param training how it was trained, for people
 */
public record Model(
    UNet network,
    OutputHead head,
    float[][] parameters,
    int channels,
    Scale scale,
    Map<String, Object> training) {
  private static final String KIND = "unet-8-16-32";

  /** Returns the model that a trainer had at some step. */
  public static Model of(
      Trainer trainer,
      Snapshot learned,
      TrainingPlan plan,
      String loss,
      Map<String, Object> options) {
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("loss", loss);
    training.put("steps", learned.validation().step());
    training.put("batch", plan.pieces().batch());
    training.put("crop", plan.pieces().crop());
    training.put("learningRate", plan.learningRate());
    training.put("seed", plan.seed());
    training.put("pictures", trainer.data().training().size());
    training.put("validationPictures", trainer.data().validation().size());
    double dice = learned.validation().dice();
    if (!Double.isNaN(dice)) {
      training.put("validationDice", dice);
    }
    training.put("options", options);
    return new Model(
        trainer.network(),
        trainer.head(),
        learned.parameters(),
        trainer.channels(),
        trainer.scale(),
        training);
  }

  /** Writes the file; it is whole or not there. */
  public void write(Path file) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("kind", KIND);
    shape.put("channels", channels);
    shape.put("outputs", network.outputs());
    shape.put("prediction", head.kind().toString());
    shape.put("input", "4 * ((value - black) / (white - black) - 0.5)");
    shape.put("black", scale.black());
    shape.put("white", scale.white());
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("format", NpzFormat.MODEL.tag());
    description.put("network", shape);
    description.put("training", training);
    Npz.write(file, NpzFormat.MODEL, description, entries(network, "", parameters));
  }

  /**
   * Reads a file.
   *
   * @throws io.lossmith.app.io.BadInput if it is no model, is damaged, or of a newer format
   */
  public static Model read(Path file) {
    try (Npz npz = Npz.open(file, NpzFormat.MODEL)) {
      Fields description = npz.description();
      Fields shape = description.object("network");
      if (!shape.text("kind").equals(KIND)) {
        throw shape.bad("kind", shape.text("kind"), KIND);
      }
      int channels = shape.number("channels", 1, 3);
      if (channels == 2) {
        throw shape.bad("channels", channels, "1 or 3");
      }
      Scale scale = scale(shape);
      UNet network = new UNet(channels, shape.number("outputs", 1, 255));
      return new Model(
          network,
          head(shape, network.outputs()),
          arrays(npz, network, ""),
          channels,
          scale,
          description.map("training"));
    }
  }

  /** Models of before it was asked have logits. */
  private static OutputHead head(Fields shape, int outputs) {
    if (!shape.has("prediction")) {
      return new OutputHead(PredictionKind.LOGITS, outputs);
    }
    String word = shape.text("prediction");
    return Arrays.stream(PredictionKind.values())
        .filter(kind -> kind.toString().equals(word))
        .findFirst()
        .map(kind -> new OutputHead(kind, outputs))
        .orElseThrow(() -> shape.bad("prediction", word, Arrays.toString(PredictionKind.values())));
  }

  private static Scale scale(Fields shape) {
    float black = (float) shape.number("black", 0);
    float white = (float) shape.number("white");
    if (!(white > black && Float.isFinite(white) && Float.isFinite(black))) {
      throw shape.bad("white", white, "a number above black, " + black);
    }
    return new Scale(black, white);
  }

  /** Returns a picture as the network saw those that it learned from. */
  public Picture prepared(Picture picture) {
    return picture.withChannels(channels).scaled(scale);
  }

  /** Returns in a few words what it was trained with. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append(channels == 1 ? "grey" : "colour").append(" pictures, ");
    text.append(network.outputs() == 1 ? "1 class" : network.outputs() + " classes");
    Object loss = training.get("loss");
    Object steps = training.get("steps");
    if (loss != null && steps != null) {
      text.append(", ").append(steps).append(" steps with ").append(loss);
    }
    return text.toString();
  }

  static List<Npz.Entry> entries(UNet network, String suffix, float[][] values) {
    List<Npz.Entry> entries = new ArrayList<>();
    for (UNet.ParameterArray array : network.parameters()) {
      entries.add(new Npz.Entry(array.name() + suffix, array.shape(), values[entries.size()]));
    }
    return entries;
  }

  static float[][] arrays(Npz npz, UNet network, String suffix) {
    return network.parameters().stream()
        .map(array -> npz.array(array.name() + suffix, array.shape()))
        .toArray(float[][]::new);
  }
}
