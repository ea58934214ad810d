package io.lossmith.app.cli;

import io.lossmith.app.data.MaskPairs;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.report.Count;
import io.lossmith.app.report.EvaluationReport;
import io.lossmith.app.report.Terminal;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.losses.metrics.ConfusionTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares predicted masks with true ones. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Compare predicted masks, of predict or of another program, with the truth.",
      "",
      "Prints Dice, IoU, precision and recall of each picture and class; then, as all, those of all"
          + " pictures together, and their mean over the classes but class 0, the background."
          + " Pictures of both folders have the same names and sizes. A - stands where a score says"
          + " nothing: the truth has no pixel of the class, or for precision nothing was predicted.",
      ""
    },
    footer = {"", "Example: lossmith evaluate --predictions masks --truth truth --out scores.csv"})
final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_CLASSES = 255;

  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      required = true,
      description = "Predicted masks (PNG, JPEG, TIFF).")
  private Path predictions;

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      required = true,
      description = "The true masks, one of the same name and size for each prediction.")
  private Path truth;

  @Option(
      names = "--classes",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "1: a mask pixel over half is foreground. More: its value, or palette index, is the class,"
              + " 0 to K-1. Default: ${DEFAULT-VALUE}.")
  private int classes;

  @Option(
      names = "--ignore-index",
      paramLabel = "LABEL",
      description = "Pixels whose truth is this do not count, for example 255.")
  private @Nullable Integer ignored;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the table, with counts of pixels, as CSV.")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    MaskPairs pairs = MaskPairs.of(predictions, truth, classes, ignored());
    if (out != null) {
      AtomicFile.requireWritable(out);
    }
    List<String> names = pairs.names();
    EvaluationReport report =
        new EvaluationReport(names, table(pairs, names), classes == 1 ? 1 : 0);
    if (out != null) {
      report.write(out);
    }
    PrintWriter print = spec.commandLine().getOut();
    print.print(report.text());
    if (out != null) {
      print.printf("written to %s%n", out);
    }
    print.flush();
    return 0;
  }

  private void check() {
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new BadInput(
          "evaluate: --classes is " + classes + ", must be in 1.." + MOST_CLASSES + ".");
    }
    if (ignored != null && classes == 1) {
      throw new BadInput("evaluate: --ignore-index needs --classes of 2 or more, not 1.");
    }
    if (ignored != null && (ignored < 0 || ignored > MOST_CLASSES)) {
      throw new BadInput(
          "evaluate: --ignore-index is " + ignored + ", must be in 0.." + MOST_CLASSES + ".");
    }
  }

  private ConfusionTable table(MaskPairs pairs, List<String> names) {
    ScoredClasses scored = ScoredClasses.of(classes, ignored());
    ConfusionTable table = ConfusionTable.none(scored.classes());
    try (Count count = new Count(Terminal.ofLauncher(), System.err, "compared", names.size())) {
      for (String name : names) {
        MaskPairs.Pair pair = pairs.read(name);
        table = table.plus(scored.table(pair.prediction().labels(), pair.truth()));
        count.next();
      }
    }
    return table;
  }

  private Set<Integer> ignored() {
    return ignored == null ? Set.of() : Set.of(ignored);
  }
}
