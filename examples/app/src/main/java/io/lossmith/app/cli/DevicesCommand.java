package io.lossmith.app.cli;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the engines and what they run on here. */
@Command(
    name = "devices",
    description = {
      "List the engines that --engine takes, and what each runs on here.",
      "",
      "The first computes where none is named; -Dlossmith.engine=NAME chooses another. Of an engine"
          + " with several devices --engine takes one by its number or by a part of its name:"
          + " opencl:1 or opencl:NAME; -Dlossmith.opencl.device=NAME chooses the one taken without."
    })
final class DevicesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Engine> engines = Engines.all();
    Engine chosen = Engines.defaultEngine();
    int wide = engines.stream().mapToInt(engine -> engine.name().length()).max().orElse(0);
    for (Engine engine : engines) {
      out.printf("%-" + wide + "s  %s%n", engine.name(), engine.description());
      if (engine == chosen) {
        out.printf("%-" + wide + "s  the default%n", "");
      }
      engine
          .details()
          .forEach(
              (detail, what) ->
                  out.printf("%-" + wide + "s  %s:%s  %s%n", "", engine.name(), detail, what));
      engine.remarks().forEach(remark -> out.printf("%-" + wide + "s  %s%n", "", remark));
    }
    out.printf(
        "%nJava %s at %s, %s on %s, %d cores, heap up to %d MB%n",
        System.getProperty("java.version"),
        System.getProperty("java.home"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    out.flush();
    return 0;
  }
}
