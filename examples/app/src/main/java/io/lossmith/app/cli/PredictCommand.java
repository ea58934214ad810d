package io.lossmith.app.cli;

import io.lossmith.app.data.ImageFolder;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.PictureReader;
import io.lossmith.app.data.Source;
import io.lossmith.app.data.Stacks;
import io.lossmith.app.formats.Formats;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.FolderLock;
import io.lossmith.app.model.Model;
import io.lossmith.app.report.Count;
import io.lossmith.app.report.PredictionOutput;
import io.lossmith.app.report.Terminal;
import io.lossmith.app.train.Predictor;
import io.lossmith.core.engine.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes masks of new pictures with a model that train wrote. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Make masks of new pictures with a model that train wrote.",
      "",
      "For each picture NAME.* of --images, of any size, writes NAME.png into --out: black and white"
          + " (0 and 255) for one class, a grey picture of class numbers (0 to K-1) for K classes."
          + " Large pictures are answered in pieces that overlap by all that the network sees, so"
          + " there are no seams. Pictures are prepared as they were for training: turned grey"
          + " or into colour as the model wants them, with the same black and white, and upright as"
          + " viewers show them.",
      ""
    },
    footer = {
      "",
      "Example: lossmith predict --model lossmith-out/model.npz --images new --out masks"
    })
final class PredictCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model.npz of a training, or its best.npz.")
  private Path file;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description =
          "Pictures ("
              + Formats.NAMES
              + "; grey or colour), or one. Where DIR holds none itself, those of its sub-folders.")
  private Path images;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to write; masks of the same name that are there are replaced.")
  private Path out;

  @Option(
      names = "--stack",
      description =
          "Files may hold several pictures (TIFF pages, ImageJ stacks, GIF): each gets a mask,"
              + " NAME-0001 and on.")
  private boolean stack;

  @Option(
      names = "--probabilities",
      description =
          "Also write NAME.npy: 32-bit floats [1, height, width], the probability of foreground,"
              + " or [K, height, width], that of each class (sigmoid or softmax of what the"
              + " network computes).")
  private boolean probabilities;

  @Option(
      names = "--ensemble-flips",
      description =
          "Answer each picture four times, as it is, mirrored left to right, top to bottom and both"
              + " ways, and take the mean of the probabilities: steadier, in four times the time.")
  private boolean flips;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Engine chosen = engine.engine();
    Model model = Model.read(file);
    SortedMap<String, Source> pictures = new Stacks(stack).pictures(ImageFolder.list(images));
    OtherFolder.require("predict", out, "--images", images);
    AtomicFile.requireWritableFolder(out);
    long started = System.nanoTime();
    try (FolderLock lock = FolderLock.of("predict", out);
        Predictor predictor = predictor(model, chosen)) {
      predict(model, predictor, pictures);
    }
    PrintWriter print = spec.commandLine().getOut();
    print.printf("model for %s%n", model.summary());
    print.printf(
        Locale.ROOT,
        "predicted %d pictures%s in %.1f s, engine %s%n",
        pictures.size(),
        flips ? ", each in four mirrorings," : "",
        (System.nanoTime() - started) / 1e9,
        chosen.name());
    print.printf(
        "written to %s: %d masks%s%n",
        out, pictures.size(), probabilities ? ", and their probabilities" : "");
    print.flush();
    return 0;
  }

  private Predictor predictor(Model model, Engine chosen) {
    return flips
        ? Predictor.overFlips(model.network(), model.head(), chosen, model.parameters())
        : new Predictor(model.network(), model.head(), chosen, model.parameters());
  }

  private void predict(Model model, Predictor predictor, SortedMap<String, Source> pictures) {
    PredictionOutput output = new PredictionOutput(out, model.network().outputs(), probabilities);
    try (Count count = new Count(Terminal.ofLauncher(), System.err, "predicted", pictures.size());
        Interruption interruption =
            new Interruption(count::close, () -> ended(count, pictures.size()))) {
      for (Map.Entry<String, Source> picture : pictures.entrySet()) {
        predict(model, predictor, output, picture.getKey(), picture.getValue());
        count.next();
      }
    }
  }

  private void predict(
      Model model, Predictor predictor, PredictionOutput output, String name, Source picture) {
    Picture prepared = model.prepared(PictureReader.read(picture));
    try {
      output.write(name, prepared, predictor, picture);
    } catch (ArithmeticException e) {
      throw new BadInput("predict: " + picture + " with " + file + ": " + e.getMessage(), e);
    }
  }

  private String ended(Count count, int all) {
    return "predict: ended by the user after "
        + count.done()
        + " of "
        + all
        + (all == 1 ? " picture" : " pictures")
        + "; the files in "
        + out
        + " are whole.";
  }
}
