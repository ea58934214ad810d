package io.lossmith.app.cli;

import io.lossmith.app.bench.Bench;
import io.lossmith.app.bench.Measurement;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.core.engine.Engine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast losses and a training step are here. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measure value and gradient of losses, and a training step, on this computer.",
      "",
      "Times are medians in milliseconds once warm; allocation is per run, on all threads.",
      ""
    })
final class BenchCommand implements Callable<Integer> {
  private static final String ROW = "%-36s %-18s %10s %10s %12s%n";

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "How long to measure each, once warm. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--catalogue",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "NAME",
      description =
          "Measure the losses of the catalogue instead, each at a few shapes and in two moments, of"
              + " which the faster counts; with a name, those that begin with it.")
  private @Nullable String catalogue;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the numbers to this file, too.")
  private @Nullable Path json;

  @Option(
      names = "--turns",
      description =
          "Measure when asked to, so that programs can take turns (javas.py): write each row's name"
              + " once it is warm, then a median for each line of standard input that says how many"
              + " seconds, until one is empty.")
  private boolean turns;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!(seconds > 0 && seconds <= Bench.MOST_SECONDS)) {
      throw new BadInput(
          "bench: --seconds is %s, must be above 0, at most %d."
              .formatted(seconds, Bench.MOST_SECONDS));
    }
    boolean saysSeconds = spec.commandLine().getParseResult().hasMatchedOption("--seconds");
    if (turns && (saysSeconds || catalogue != null || json != null)) {
      throw new BadInput(
          "bench: --turns goes with none of --seconds, --catalogue and --json; leave these out.");
    }
    Engine chosen = engine.engine();
    if (turns) {
      InputStreamReader in = new InputStreamReader(System.in, StandardCharsets.UTF_8);
      new Bench(chosen, seconds).takeTurns(new BufferedReader(in), spec.commandLine().getOut());
      return 0;
    }
    if (json != null) {
      AtomicFile.requireWritable(json);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "engine %s: %s; Java %s%n%n",
        chosen.name(), chosen.description(), System.getProperty("java.version"));
    out.printf(ROW, "value and gradient", "shape", "median ms", "least ms", "bytes/run");
    List<Bench.Row> rows = new ArrayList<>();
    Consumer<Bench.Row> each =
        row -> {
          rows.add(row);
          print(out, row);
        };
    Bench bench = new Bench(chosen, seconds);
    if (catalogue == null) {
      bench.run(each);
    } else {
      bench.runCatalogue(catalogue, each);
      if (rows.isEmpty()) {
        throw new BadInput(
            "bench: --catalogue is \"" + catalogue + "\", must be how a loss's name begins.");
      }
    }
    if (json != null) {
      byte[] text = Json.writePretty(report(chosen, rows)).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(json, file -> file.write(text));
    }
    return 0;
  }

  private static void print(PrintWriter out, Bench.Row row) {
    Measurement measured = row.measured();
    out.printf(
        ROW,
        row.work(),
        row.shape(),
        String.format(Locale.ROOT, "%.4g", measured.medianMs()),
        String.format(Locale.ROOT, "%.4g", measured.leastMs()),
        measured.bytes());
    out.flush();
  }

  private static Map<String, Object> report(Engine engine, List<Bench.Row> rows) {
    List<Object> list = new ArrayList<>();
    for (Bench.Row row : rows) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("work", row.work());
      one.put("shape", row.shape().toArray());
      one.put("medianMs", row.measured().medianMs());
      one.put("leastMs", row.measured().leastMs());
      one.put("bytesPerRun", row.measured().bytes());
      one.put("bytesMoved", row.moved() == 0 ? null : row.moved());
      one.put("runs", row.measured().runs());
      list.add(one);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("engine", engine.name());
    report.put("description", engine.description());
    report.put("java", System.getProperty("java.version"));
    report.put("rows", list);
    return report;
  }
}
