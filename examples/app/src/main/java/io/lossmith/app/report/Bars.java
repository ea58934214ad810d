package io.lossmith.app.report;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How a bar on a terminal looks. */
final class Bars {
  private Bars() {}

  static ProgressBar open(Terminal terminal, PrintStream out, String task, int before, int all) {
    boolean blocks = Charset.defaultCharset().newEncoder().canEncode('█');
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(all)
        .startsFrom(before, Duration.ZERO)
        .setStyle(blocks ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setConsumer(new ConsoleProgressBarConsumer(out, terminal.columns() - 1))
        .build();
  }
}
