package io.lossmith.app.report;

import io.lossmith.app.data.Npy;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.Json;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.app.train.UNet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a model as {@code .npz}: a zip that NumPy opens, with one {@code .npy} for each array, and
 * {@code model.json}, which says what the network is and how it was trained.
 */
final class ModelFile {
  private ModelFile() {}

  static void write(Path file, Trainer trainer, TrainingPlan plan, String loss) {
    List<UNet.ParameterArray> arrays = trainer.network().parameters();
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.putNextEntry(new ZipEntry("model.json"));
          zip.write(
              Json.writePretty(description(trainer, plan, loss)).getBytes(StandardCharsets.UTF_8));
          zip.closeEntry();
          for (int k = 0; k < arrays.size(); k++) {
            zip.putNextEntry(new ZipEntry(arrays.get(k).name() + ".npy"));
            Npy.write(zip, arrays.get(k).shape(), trainer.parameters()[k]);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static Map<String, Object> description(Trainer trainer, TrainingPlan plan, String loss) {
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("kind", "unet-8-16-32");
    network.put("channels", trainer.channels());
    network.put("outputs", trainer.network().outputs());
    network.put("input", "4 * (value / white - 0.5)");
    network.put("white", trainer.white());
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("loss", loss);
    training.put("steps", plan.steps());
    training.put("batch", plan.batch());
    training.put("crop", plan.crop());
    training.put("learningRate", plan.learningRate());
    training.put("seed", plan.seed());
    training.put("validationDice", trainer.history().latest().score().dice());
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("format", "lossmith-model-1");
    description.put("network", network);
    description.put("training", training);
    return description;
  }
}
