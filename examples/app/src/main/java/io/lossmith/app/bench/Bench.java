package io.lossmith.app.bench;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The work that the project measures itself by, always value and gradient. */
public final class Bench {
  /** Longer than this nobody waits for one figure. */
  public static final int MOST_SECONDS = 3600;

  /** Works whose arrays are in memory together. */
  private static final int TOGETHER = 10;

  private final Engine engine;
  private final double seconds;

  /**
   * Makes the benchmarks.
   *
   * @param seconds to measure, each, once it is warm
   */
  public Bench(Engine engine, double seconds) {
    this.engine = engine;
    this.seconds = seconds;
  }

  /**
   * A measured piece of work.
   *
   * @param work what is computed
   * @param shape of the prediction, or of the batch of pictures
   * @param measured how it went
   * @param moved how many bytes a run reads and writes, by the plan; 0 where it is not known
   */
  public record Row(String work, Shape shape, Measurement measured, long moved) {}

  /** Measures everything, handing over each row as it comes. */
  public void run(Consumer<Row> each) {
    new StandardWorks(engine)
        .forEach(
            work ->
                each.accept(
                    new Row(
                        work.name(),
                        work.shape(),
                        Measurement.of(seconds, work.run()),
                        work.moved())));
  }

  /**
   * Measures the same as {@link #run} whenever it is asked to, so that several programs can take
   * turns and meet the same moments of a computer: warms each work up and writes a line of its name
   * and shape, tab between; then, for each line that comes in, with a number of seconds, measures
   * for so long and writes a line with the median of a run in milliseconds. An empty line, or the
   * end, leads to the next work.
   *
   * @throws BadInput if a line is neither, or cannot be read
   */
  public void takeTurns(BufferedReader in, PrintWriter out) {
    new StandardWorks(engine)
        .forEach(
            work -> {
              Measurement.warmUp(work.run());
              out.printf("%s\t%s%n", work.name(), work.shape());
              out.flush();
              for (double turn = next(in); turn > 0; turn = next(in)) {
                out.printf(Locale.ROOT, "%.6g%n", Measurement.turn(turn, work.run()));
                out.flush();
              }
            });
  }

  /** Reads how long to measure; 0 for no longer. */
  private static double next(BufferedReader in) {
    try {
      String line = in.readLine();
      return line == null || line.isBlank() ? 0 : seconds(line);
    } catch (IOException failed) {
      throw new BadInput(
          "bench: standard input cannot be read; " + Reasons.of(failed) + ".", failed);
    }
  }

  static double seconds(String line) {
    double seconds;
    try {
      seconds = Double.parseDouble(line);
    } catch (NumberFormatException failed) {
      seconds = Double.NaN;
    }
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw new BadInput(
          "bench: standard input has the line \"%s\", must be seconds above 0, at most %d, or empty."
              .formatted(line, MOST_SECONDS));
    }
    return seconds;
  }

  /**
   * Measures the losses of the catalogue, each at a few shapes and in two moments some time apart,
   * of which the faster counts: other work on the computer slows some moments down.
   *
   * @param only measures those alone whose name in the table begins like this
   */
  public void runCatalogue(String only, Consumer<Row> each) {
    List<Work> works = Work.all().stream().filter(work -> work.name().startsWith(only)).toList();
    for (int from = 0; from < works.size(); from += TOGETHER) {
      runTogether(works.subList(from, Math.min(works.size(), from + TOGETHER)), each);
    }
  }

  private void runTogether(List<Work> works, Consumer<Row> each) {
    List<CatalogueRun> runs = new ArrayList<>();
    try {
      List<Measurement> measured = new ArrayList<>();
      for (Work work : works) {
        CatalogueRun run = CatalogueRun.of(work, engine);
        runs.add(run);
        measured.add(Measurement.of(seconds, run.run()));
      }
      for (int i = 0; i < runs.size(); i++) {
        CatalogueRun run = runs.get(i);
        Measurement twice = measured.get(i).again(seconds, run.run());
        Work work = works.get(i);
        each.accept(new Row(work.name(), work.shape(), twice, run.moved()));
      }
    } finally {
      runs.forEach(CatalogueRun::close);
    }
  }
}
