package io.lossmith.app.verify;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.Json;
import io.lossmith.core.engine.Engine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs a case file and tells what came of it. */
public final class Verification {
  private final Path file;
  private final List<Result> results = new ArrayList<>();

  private Verification(Path file) {
    this.file = file;
  }

  /**
   * Runs all cases.
   *
   * @throws io.lossmith.app.io.BadInput if the file cannot be read
   */
  public static Verification of(Path file, Engine engine) {
    Verification verification = new Verification(file);
    CaseRunner runner = new CaseRunner(engine);
    CaseFile.read(file, each -> verification.results.add(runner.run(each)));
    return verification;
  }

  /** Returns whether every case passes. */
  public boolean passes() {
    return results.stream().allMatch(Result::passes);
  }

  /** Writes one line of JSON for each case. */
  public void report(Path report) {
    AtomicFile.write(
        report,
        out -> {
          for (Result result : results) {
            out.write((Json.write(result.json()) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** Prints a row for each loss, then why cases fail. */
  public void print(PrintWriter out) {
    TreeMap<String, List<Result>> losses =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.tried().loss(), TreeMap::new, Collectors.toList()));
    int wide = losses.keySet().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.max(4, wide) + "s  %5s  %15s  %18s  %s%n";
    out.printf(row, "loss", "cases", "value deviation", "gradient deviation", "failed");
    losses.forEach(
        (loss, of) ->
            out.printf(
                row,
                loss,
                of.size(),
                "%.1e".formatted(of.stream().mapToDouble(Result::valueDeviation).max().orElse(0)),
                "%.1e"
                    .formatted(of.stream().mapToDouble(Result::gradientDeviation).max().orElse(0)),
                failed(of)));
    out.println();
    List<Result> failures = results.stream().filter(result -> !result.passes()).toList();
    failures.forEach(result -> out.println(result.tried().id() + ": " + result.complaint()));
    out.printf(
        "%s: %d cases, %d passed, %d failed%n",
        file, results.size(), results.size() - failures.size(), failures.size());
    out.flush();
  }

  private static String failed(List<Result> results) {
    String ids =
        results.stream()
            .filter(result -> !result.passes())
            .map(result -> result.tried().id())
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? "none" : ids;
  }
}
