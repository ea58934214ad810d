package io.lossmith.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a training that have an effect on its result, whatever these are. */
final class TrainOptions {
  static final String STEPS = "--steps";

  /** These say where and how fast, not what comes out. */
  private static final Set<String> WITHOUT_EFFECT =
      Stream.concat(
              Stream.of(
                  "--out",
                  "--resume",
                  "--restart",
                  "--checkpoint-every",
                  "--engine",
                  "--threads",
                  "--anomaly"),
              WorkerOptions.NAMES.stream())
          .collect(Collectors.toSet());

  private final CommandSpec spec;

  private TrainOptions(CommandSpec spec) {
    this.spec = spec;
  }

  /** Looks at the options of a command line that was parsed. */
  static TrainOptions of(CommandSpec spec) {
    return new TrainOptions(spec);
  }

  /** Returns the options that are set, or have a default, with their values as texts. */
  Map<String, List<String>> forCheckpoint() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      List<String> values = values(option);
      if (hasEffect(option) && !values.isEmpty()) {
        all.put(option.longestName(), values);
      }
    }
    return all;
  }

  /** Returns the same less the folders, which whoever is given a model need not know. */
  Map<String, Object> forModel() {
    Map<String, Object> all = new LinkedHashMap<>(forCheckpoint());
    spec.options().stream()
        .filter(option -> option.type() == Path.class)
        .forEach(option -> all.remove(option.longestName()));
    return all;
  }

  /** Returns the same, a line for each value, as workers compare them. */
  List<String> forWorkers() {
    List<String> lines = new ArrayList<>();
    forModel()
        .forEach((name, values) -> ((List<?>) values).forEach(one -> lines.add(name + "=" + one)));
    return lines;
  }

  /** Returns the options that were given on the command line, with and without effect. */
  Map<String, List<String>> given(boolean effect) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!option.longestName().equals("--resume") && hasEffect(option) == effect) {
        all.put(option.longestName(), effect ? values(option) : option.originalStringValues());
      }
    }
    return all;
  }

  /** Returns the options that were given, with the folder that is written to in any case. */
  Map<String, List<String>> allGiven() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      all.put(option.longestName(), values(option));
    }
    all.put("--out", values(spec.findOption("--out")));
    return all;
  }

  private static boolean hasEffect(OptionSpec option) {
    return !option.usageHelp()
        && !option.versionHelp()
        && !WITHOUT_EFFECT.contains(option.longestName());
  }

  private static List<String> values(OptionSpec option) {
    Object value = option.getValue();
    if (value == null || value.equals(false)) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return List.of(
        value instanceof Path path
            ? path.toAbsolutePath().normalize().toString()
            : String.valueOf(value));
  }

  /** Returns options as they are written on a command line. */
  static List<String> arguments(CommandSpec spec, Map<String, List<String>> options) {
    List<String> arguments = new ArrayList<>();
    options.forEach(
        (name, values) -> {
          OptionSpec option = spec.findOption(name);
          boolean flag = option != null && option.type() == boolean.class;
          values.forEach(value -> arguments.add(flag ? name : name + "=" + value));
        });
    return arguments;
  }
}
