package io.lossmith.core.plan;

import io.lossmith.core.Elements;
import io.lossmith.core.op.AllReduce;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes down in words what a program exchanges with other workers. */
public final class ExchangePrinter {
  private ExchangePrinter() {}

  /** Returns a line about a run as a whole, or an empty text where nothing is exchanged. */
  public static String of(List<? extends Step> steps) {
    Elements.requireNone(steps, "steps");
    List<Step.WholeArray> exchanges = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.WholeArray whole && whole.op() instanceof AllReduce) {
        exchanges.add(whole);
      }
    }
    long rounds = exchanges.stream().mapToLong(ExchangePrinter::rounds).sum();
    if (rounds == 0) {
      return ""; // nor of one worker
    }
    long sent = exchanges.stream().mapToLong(ExchangePrinter::sent).sum();
    return String.format(
        Locale.ROOT,
        "%d %s with other workers in a run: %s, %s sent by each%n",
        exchanges.size(),
        exchanges.size() == 1 ? "exchange" : "exchanges",
        words(rounds),
        LoopPrinter.bytes(sent));
  }

  /**
   * Returns the same of one step, to be written behind it; an empty text of any but an exchange.
   */
  public static String of(Step.WholeArray step) {
    return step.op() instanceof AllReduce && rounds(step) > 0
        ? String.format(
            Locale.ROOT, "; %s, %s sent", words(rounds(step)), LoopPrinter.bytes(sent(step)))
        : "";
  }

  private static String words(long rounds) {
    return rounds + (rounds == 1 ? " round" : " rounds");
  }

  private static long rounds(Step.WholeArray step) {
    return ((AllReduce) step.op()).exchange().rounds(bytes(step));
  }

  private static long sent(Step.WholeArray step) {
    return ((AllReduce) step.op()).exchange().sent(bytes(step));
  }

  private static long bytes(Step.WholeArray step) {
    return ((AllReduce) step.op()).bytes(step.shapes());
  }
}
