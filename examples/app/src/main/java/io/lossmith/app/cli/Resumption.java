package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.FolderLock;
import io.lossmith.app.model.Checkpoint;
import io.lossmith.app.model.Checkpoints;
import io.lossmith.app.train.RateSchedule;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Goes on with an earlier training: as if its own command line had been given again. */
final class Resumption {
  private Resumption() {}

  /** Runs {@code train --resume}, given as {@code spec}, for {@code asked}. */
  static void call(CommandSpec spec, Path out, TrainCommand asked) {
    Path file = out.resolve(Checkpoints.FILE);
    if (!Files.exists(file)) {
      throw none(file);
    }
    try (FolderLock lock = asked.writes() ? FolderLock.of("train", out) : null) {
      Checkpoint checkpoint = Checkpoint.read(file);
      Map<String, List<String>> options = new LinkedHashMap<>(checkpoint.run().options());
      TrainOptions given = TrainOptions.of(spec);
      given.given(true).forEach((name, values) -> merge(options, name, values, out));
      String steps = text(options.getOrDefault(TrainOptions.STEPS, List.of()));
      int taken = checkpoint.state().steps();
      PrintWriter print = spec.commandLine().getOut();
      String before = text(checkpoint.run().options().getOrDefault(TrainOptions.STEPS, List.of()));
      boolean all = before.equals(String.valueOf(taken));
      if (checkpoint.finished() && (!all || steps.equals(before))) {
        if (asked.writes()) {
          print.printf(
              all
                  ? "all %d steps are taken, and the results are in %s; a larger --steps goes on%n"
                  : "training ended early, after step %d, and the results are in %s; train anew"
                      + " without --early-stopping to go on%n",
              taken,
              out);
          print.flush();
        }
        return;
      }
      CommandLine line = parsed(spec, options, given.given(false), file);
      TrainCommand command = line.getCommand();
      command.resumeFrom(checkpoint, asked);
      command.call();
    }
  }

  /** Says that there is nothing to go on with. */
  static BadInput none(Path file) {
    return new BadInput(
        "train: there is no "
            + file
            + " to resume from; give the --out of an earlier training, or leave --resume away.");
  }

  private static void merge(
      Map<String, List<String>> options, String name, List<String> now, Path out) {
    List<String> before = options.get(name);
    if (now.equals(before)) {
      return;
    }
    boolean steps = name.equals(TrainOptions.STEPS) && before != null;
    if (steps && isMore(now.get(0), before.get(0))) {
      requireNoEnd(options);
      options.put(name, now);
      return;
    }
    throw new BadInput(
        "train: "
            + name
            + " is "
            + text(now)
            + ", the training in "
            + out
            + (before == null ? " began without it" : " began with " + text(before))
            + (steps ? ", it may only grow" : "")
            + "; leave it away, or train anew without --resume.");
  }

  /** A schedule that leads to the last step is another one where there are more. */
  private static void requireNoEnd(Map<String, List<String>> options) {
    List<String> schedule = options.get(PaceOptions.SCHEDULE);
    if (List.of(RateSchedule.COSINE.toString()).equals(schedule)) {
      throw new BadInput(
          "train: "
              + TrainOptions.STEPS
              + " may not grow with "
              + PaceOptions.SCHEDULE
              + " cosine, whose learning rate has come to 0 then; train anew without --resume.");
    }
  }

  private static String text(List<String> values) {
    return String.join(" ", values);
  }

  private static boolean isMore(String now, String before) {
    try {
      return Integer.parseInt(now) > Integer.parseInt(before);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static CommandLine parsed(
      CommandSpec spec,
      Map<String, List<String>> options,
      Map<String, List<String>> more,
      Path file) {
    CommandLine line = Lossmith.reading(new CommandLine(new TrainCommand()));
    line.setOut(spec.commandLine().getOut());
    List<String> arguments = new ArrayList<>(TrainOptions.arguments(spec, options));
    arguments.addAll(TrainOptions.arguments(spec, more));
    try {
      line.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new BadInput(
          file
              + ": its options are not those of this version ("
              + e.getMessage()
              + "); use the version that wrote it, or train anew without --resume.",
          e);
    }
    return line;
  }
}
