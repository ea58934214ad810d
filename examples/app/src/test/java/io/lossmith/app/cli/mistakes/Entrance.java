package io.lossmith.app.cli.mistakes;

import static java.util.Map.entry;

import io.lossmith.app.cli.Lossmith;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A way into a command: an option, an argument without a name, or the command itself. All are found
 * in the command line's own model, so a new one is found, too.
 *
 * @param name as it is written, empty for the command itself
 */
record Entrance(String command, String name, @Nullable Kind kind) {
  /** Types tell what numbers, flags and constants are; of texts and paths this does. */
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          entry("train --images", Kind.PICTURES),
          entry("train --masks", Kind.MASKS),
          entry("train --validation-images", Kind.PICTURES),
          entry("train --validation-masks", Kind.MASKS),
          entry("train --mask-colors", Kind.COLORS),
          entry("train --mask-suffix", Kind.ENDING),
          entry("train --loss", Kind.LOSSES),
          entry("train --class-weights", Kind.WORD),
          entry("train --augment", Kind.WORD),
          entry("train --out", Kind.NEW_FOLDER),
          entry("train --engine", Kind.ENGINE),
          entry("train --workers-at", Kind.WORD),
          entry("train --token-file", Kind.WORD),
          entry("predict --model", Kind.MODEL),
          entry("predict --images", Kind.PICTURES),
          entry("predict --out", Kind.NEW_FOLDER),
          entry("predict --engine", Kind.ENGINE),
          entry("evaluate --predictions", Kind.MASKS),
          entry("evaluate --truth", Kind.MASKS),
          entry("evaluate --mask-colors", Kind.COLORS),
          entry("evaluate --mask-suffix", Kind.ENDING),
          entry("evaluate --out", Kind.NEW_FILE),
          entry("loss NAME", Kind.LOSS_NAME),
          entry("loss --set", Kind.SETTING),
          entry("loss --prediction", Kind.ARRAY),
          entry("loss --target", Kind.ARRAY),
          entry("loss --mask", Kind.ARRAY),
          entry("loss --gradient", Kind.NEW_FILE),
          entry("loss --engine", Kind.ENGINE),
          entry("losses NAME", Kind.LOSS_NAME),
          entry("explain NAME", Kind.LOSS_NAME),
          entry("explain --set", Kind.SETTING),
          entry("explain --shape", Kind.SIZES),
          entry("explain --target", Kind.SIZES),
          entry("explain --mask", Kind.SIZES),
          entry("explain --engine", Kind.ENGINE),
          entry("verify CASES.jsonl", Kind.CASES),
          entry("verify --report", Kind.NEW_FILE),
          entry("verify --engine", Kind.ENGINE),
          entry("bench --catalogue", Kind.WORD),
          entry("bench --json", Kind.NEW_FILE),
          entry("bench --engine", Kind.ENGINE));

  /** Returns every way in. */
  static List<Entrance> all() {
    List<Entrance> all = new ArrayList<>();
    Lossmith.commandLine()
        .getSubcommands()
        .forEach((command, line) -> all.addAll(of(command, line)));
    return all;
  }

  private static List<Entrance> of(String command, CommandLine line) {
    List<Entrance> all = new ArrayList<>(List.of(new Entrance(command, "", Kind.COMMAND)));
    Stream<ArgSpec> options =
        line.getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .map(option -> option);
    Stream<ArgSpec> others = line.getCommandSpec().positionalParameters().stream().map(one -> one);
    Stream.concat(others, options).map(one -> of(command, one)).forEach(all::add);
    return all;
  }

  private static Entrance of(String command, ArgSpec spec) {
    String name = spec instanceof OptionSpec option ? option.names()[0] : spec.paramLabel();
    return new Entrance(command, name, kind(command + " " + name, spec));
  }

  private static @Nullable Kind kind(String where, ArgSpec spec) {
    Class<?> type = spec.auxiliaryTypes()[0];
    if (type == boolean.class || type == Boolean.class) {
      return Kind.FLAG;
    }
    if (type == double.class || type == Double.class) {
      return Kind.NUMBER;
    }
    boolean whole = type == int.class || type == Integer.class;
    if (whole || type == long.class || type == Long.class) {
      return Kind.COUNT;
    }
    return type.isEnum() ? Kind.CHOICE : KINDS.get(where);
  }

  /** Returns what is written on the command line for each mistake. */
  List<String> mistakes() {
    boolean reads = Ground.INPUTS.containsKey(command);
    return kind.mistakes.stream()
        .filter(text -> reads || !text.equals("INPUT"))
        .map(text -> name.isEmpty() ? text : name + "=" + text)
        .toList();
  }
}
