package io.lossmith.app.cli;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.verify.Verification;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares losses with what other libraries gave for the same arrays. */
@Command(
    name = "verify",
    sortOptions = false,
    description = {
      "Run parity cases: arrays with the value and gradient that another library gave.",
      "",
      "Exit code 0 when all pass, 1 when one fails, 2 when the file cannot be read. Deviations are"
          + " relative: of a value to max(1, |value|), of a gradient to its greatest entry.",
      ""
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CASES.jsonl", description = "One case in each line, as JSON.")
  private Path cases;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write what came out, one line of JSON for each case.")
  private @Nullable Path report;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (report != null) {
      AtomicFile.requireWritable(report, cases);
    }
    Verification verification = Verification.of(cases, engine.engine());
    if (report != null) {
      verification.report(report);
    }
    verification.print(spec.commandLine().getOut());
    return verification.passes() ? 0 : 1;
  }
}
