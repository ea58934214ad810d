package io.lossmith.app;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the losses of the catalogue. */
@Command(name = "losses", description = "Lists the losses of the catalogue.")
final class LossesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    for (String name : List.of("dice", "focal", "tversky")) {
      spec.commandLine().getOut().println(name);
    }
  }
}
