package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.losses.LossDescription;
import io.lossmith.losses.Losses;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the catalogue, or explains one loss. */
@Command(
    name = "losses",
    description = {
      "List the losses, or explain one: its formula and its options.",
      "",
      "p is the prediction, t the target; I = Σpt, P = Σp, T = Σt."
    })
final class LossesCommand implements Callable<Integer> {
  private static final int WIDTH = 100;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Explain this loss.")
  private @Nullable String name;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      list(out);
    } else {
      explain(out, find(name));
    }
    out.flush();
    return 0;
  }

  private static void list(PrintWriter out) {
    List<LossDescription> losses = Losses.descriptions();
    int wide = losses.stream().mapToInt(loss -> loss.id().length()).max().orElse(0);
    for (LossDescription loss : losses) {
      out.printf("%-" + wide + "s  %s%n", loss.id(), loss.meaning());
      out.printf("%-" + wide + "s    %s%n", "", loss.formula());
      out.printf("%-" + wide + "s    prediction: %s%n", "", loss.prediction());
      String options =
          String.join(
              ", ", loss.options().stream().map(LossDescription.OptionDescription::name).toList());
      Wrapped.print(out, options.isEmpty() ? "no options" : options, wide + 4, WIDTH);
    }
    out.println();
    out.println("lossmith losses NAME explains the options of one.");
  }

  private static void explain(PrintWriter out, LossDescription loss) {
    out.println(loss.id() + ": " + loss.meaning());
    out.println();
    out.println("  " + loss.formula());
    out.println();
    out.println("prediction: " + loss.prediction());
    out.println("Java: " + loss.type().getSimpleName());
    for (LossDescription.OptionDescription option : loss.options()) {
      out.println();
      out.printf("  %s (%s; default %s)%n", option.name(), option.type(), option.fallback());
      Wrapped.print(out, option.meaning(), 6, WIDTH);
    }
  }

  private static LossDescription find(String name) {
    for (LossDescription loss : Losses.descriptions()) {
      if (loss.id().equals(name)) {
        return loss;
      }
    }
    Losses.byName(name, Map.of()); // says what there is instead
    throw new BadInput("losses: there is no loss " + name + ".");
  }
}
