package io.lossmith.app.cli.mistakes;

import io.lossmith.app.cli.Lossmith;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Where the words of a command line are run. */
@FunctionalInterface
interface Commands {
  /** In this program. */
  Commands HERE =
      words -> {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Lossmith.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ran(line.execute(words), out.toString(), err.toString());
      };

  /** What a command printed, and its exit code. */
  record Ran(int code, String out, String err) {}

  Ran run(String... words);
}
