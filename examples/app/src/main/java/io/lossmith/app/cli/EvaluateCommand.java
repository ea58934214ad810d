package io.lossmith.app.cli;

import io.lossmith.app.data.FoundColors;
import io.lossmith.app.data.MaskPairs;
import io.lossmith.app.data.MaskReader;
import io.lossmith.app.data.MaskRules;
import io.lossmith.app.data.Source;
import io.lossmith.app.formats.Formats;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.report.Count;
import io.lossmith.app.report.EvaluationReport;
import io.lossmith.app.report.Terminal;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.losses.metrics.ConfusionTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      required = true,
      description = "Predicted masks (" + Formats.NAMES + "), or one.")
  private Path predictions;

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      required = true,
      description =
          "The true masks, one of the same name, or with a suffix, and size for each prediction.")
  private Path truth;

  @Mixin private MaskOptions meaning = new MaskOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the table, with counts of pixels, as CSV.")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    meaning.check("evaluate");
    MaskPairs pairs = new MaskPairs(predictions, truth, meaning.suffix(), meaning.stacks());
    if (out != null) {
      AtomicFile.requireWritable(
          out, pairs.masks().stream().map(Source::file).toArray(Path[]::new));
    }
    List<String> names = pairs.names();
    MaskRules rules =
        meaning.rules(
            false, meaning.ignored(), () -> FoundColors.in(pairs.masks(), meaning.classes()));
    MaskReader actual = new MaskReader(rules);
    MaskReader predicted = new MaskReader(rules.ofPredictions());
    ConfusionTable table = table(pairs, names, predicted, actual);
    EvaluationReport report = new EvaluationReport(names, table, meaning.classes() == 1 ? 1 : 0);
    if (out != null) {
      report.write(out);
    }
    PrintWriter print = spec.commandLine().getOut();
    print.print(report.text());
    print.printf("predictions: %s; truth: %s%n", predicted.understood(), actual.understood());
    if (out != null) {
      print.printf("written to %s%n", out);
    }
    print.flush();
    return 0;
  }

  private ConfusionTable table(
      MaskPairs pairs, List<String> names, MaskReader predicted, MaskReader actual) {
    ScoredClasses scored = ScoredClasses.of(meaning.classes(), meaning.ignored());
    ConfusionTable table = ConfusionTable.none(scored.classes());
    try (Count count = new Count(Terminal.ofLauncher(), System.err, "compared", names.size())) {
      for (String name : names) {
        MaskPairs.Pair pair = pairs.read(name, predicted, actual);
        table = table.plus(scored.table(pair.prediction().labels(), pair.truth()));
        count.next();
      }
    }
    return table;
  }
}
