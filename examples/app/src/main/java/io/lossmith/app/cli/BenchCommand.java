package io.lossmith.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** x. */
@Command(name = "bench")
final class BenchCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
