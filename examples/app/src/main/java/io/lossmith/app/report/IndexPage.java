package io.lossmith.app.report;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.score.Measure;
import io.lossmith.losses.metrics.ConfusionTable;
import java.awt.Color;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A page that shows scores, curves and overlays together. It loads nothing but the pictures beside
 * it, so it opens from a disk without a network and can be moved with its folder.
 */
final class IndexPage {
  private static final int MOST_ROWS = 16; // of classes; more are folded
  private static final int MOST_OPEN = 4; // overlays; more are folded

  private static final String STYLE =
      """
      :root { --ground: #f6f7f9; --card: #fff; --ink: #1c2024;
        --soft: #5b6570; --line: #d9dee4; --accent: #005494; }
      @media (prefers-color-scheme: dark) { :root { --ground: #14171a; --card: #1e2327;
        --ink: #e6e9ec; --soft: #9aa5b0; --line: #363d44; --accent: #7cc0f5; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 90rem; padding: 1.25rem; background: var(--ground);
        color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; line-height: 1.2; margin: .25rem 0 .5rem; }
      h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; }
      p { margin: .25rem 0; color: var(--soft); }
      .columns { display: grid; gap: 1rem; align-items: start;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
      .overlays { display: grid; gap: 1rem; margin: .75rem 0;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr)); }
      .card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
        padding: 1rem; margin-top: 2rem; }
      .card h2 { margin-top: 0; }
      summary { padding: .35rem 0; color: var(--accent); cursor: pointer; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .35rem .75rem .35rem 0; vertical-align: top;
        border-bottom: 1px solid var(--line); }
      th[scope=row] + td { overflow-wrap: anywhere; }
      tr:last-child > * { border-bottom: 0; }
      th { font-weight: 600; color: var(--soft); }
      .number { padding-right: .5rem; text-align: right;
        font-variant-numeric: tabular-nums; white-space: nowrap; }
      .swatch { display: inline-block; width: .8em; height: .8em; margin-right: .5em;
        border: 1px solid var(--soft); }
      figure { margin: 0; background: var(--card); border: 1px solid var(--line);
        border-radius: .6rem; overflow: hidden; }
      figure img { display: block; width: 100%; height: auto; }
      @media (prefers-color-scheme: dark) { /* white becomes the card's colour, hues stay */
        .chart img { filter: invert(.87) hue-rotate(180deg); } }
      figcaption { padding: .5rem .75rem; overflow-wrap: anywhere; }
      a { color: var(--accent); }
      @media (max-width: 48rem) { /* a class is a block, each score below its name */
        .scores tr { display: grid; grid-template-columns: repeat(3, 1fr); padding: .35rem 0;
          border-bottom: 1px solid var(--line); }
        .scores tr:first-child { display: none; }
        .scores td { border: 0; padding: .1rem 0; }
        .scores td:first-child { grid-column: 1 / -1; font-weight: 600; }
        .scores .number { text-align: left; }
        .scores .number::before { content: attr(data-name); display: block;
          color: var(--soft); font-size: .85rem; } }
      """;

  private final StringBuilder html = new StringBuilder();

  private IndexPage() {}

  /** Writes the page. */
  static void write(Path file, RunFacts facts, Results results) {
    IndexPage page = new IndexPage();
    page.begin(results);
    page.overlays(results.overlays(), results.validated());
    page.html.append("<h2>Curves</h2>\n<div class=\"columns chart\">\n");
    page.figure("loss.png", "Training loss", "the loss of each step, and its running mean");
    page.figure("dice.png", "Validation scores", "Dice and intersection over union");
    page.html.append("</div>\n");
    page.scores(results, facts.classWeights());
    page.settings(facts.settings());
    page.files(facts.keepsBest());
    byte[] bytes = page.html.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private void begin(Results results) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<link rel=\"icon\" href=\"data:,\">\n")
        .append("<title>Lossmith training: Dice ")
        .append(number(Measure.DICE.of(results.counts())))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>Validation Dice ")
        .append(number(Measure.DICE.of(results.counts())))
        .append(", IoU ")
        .append(number(Measure.IOU.of(results.counts())))
        .append("</h1>\n<p>")
        .append(
            results.validated() == 1
                ? "on 1 picture that was"
                : "on " + results.validated() + " pictures that were")
        .append(" not learned from; 1 is best</p>\n");
    for (String remark : results.remarks()) {
      html.append("<p>").append(escaped(remark)).append("</p>\n");
    }
  }

  private void scores(Results results, List<Double> weights) {
    ConfusionTable counts = results.counts();
    SurfaceScores surfaces = results.surfaces();
    int outputs = results.outputs();
    html.append("<section class=\"card scores\">\n<h2>Scores</h2>\n");
    boolean folded = outputs > MOST_ROWS;
    boolean weighted = !weights.isEmpty();
    beginTable(weighted && !folded);
    if (outputs == 1) {
      row("background", null, measure -> measure.of(counts.total(0)), null);
      row("foreground", null, measure -> measure.of(counts.total(1)), null);
    } else {
      @Nullable Double weight = weighted && !folded ? Double.NaN : null; // a mean has none
      row("mean without class 0", null, measure -> measure.of(counts), weight);
      if (folded) {
        html.append("</table>\n<details>\n<summary>each of ")
            .append(outputs)
            .append(" classes</summary>\n");
        beginTable(weighted);
      }
      classes(counts, outputs, weights);
    }
    html.append("</table>\n").append(folded ? "</details>\n" : "");
    surfaces.averageDistance().ifPresent(mean -> outlines(mean, surfaces.hausdorff95()));
    html.append("</section>\n");
  }

  private void beginTable(boolean weighted) {
    html.append("<table>\n<tr><th>class</th>");
    for (Measure measure : Measure.values()) {
      html.append("<th class=\"number\">").append(measure.title).append("</th>");
    }
    html.append(weighted ? "<th class=\"number\">weight</th>" : "").append("</tr>\n");
  }

  private void classes(ConfusionTable counts, int outputs, List<Double> weights) {
    for (int c = 0; c < outputs; c++) {
      int label = c;
      row(
          label + (label == 0 ? " (background)" : ""),
          Overlay.ofClass(label, outputs),
          measure -> measure.of(counts.total(label)),
          weights.isEmpty() ? null : weights.get(label));
    }
  }

  private void outlines(double mean, OptionalDouble hausdorff) {
    html.append(
        String.format(
            Locale.ROOT,
            "<p>Outlines are %.2f pixels apart on average; 95 %% of each lie within %.2f pixels of"
                + " the other (Hausdorff distance).</p>\n",
            mean,
            hausdorff.orElse(Double.NaN)));
  }

  private void row(
      String name,
      @Nullable Color color,
      ToDoubleFunction<Measure> values,
      @Nullable Double weight) {
    html.append("<tr><td>");
    if (color != null) {
      html.append("<span class=\"swatch\" style=\"background:#")
          .append("%06x".formatted(color.getRGB() & 0xFFFFFF))
          .append("\"></span>");
    }
    html.append(name).append("</td>");
    for (Measure measure : Measure.values()) {
      cell(measure.title, values.applyAsDouble(measure));
    }
    if (weight != null) {
      cell("weight", weight);
    }
    html.append("</tr>\n");
  }

  private void cell(String name, double value) {
    html.append("<td class=\"number\" data-name=\"%s\">%s</td>".formatted(name, number(value)));
  }

  private void settings(Map<String, String> settings) {
    html.append("<section class=\"card\">\n<h2>Settings</h2>\n<table>\n");
    settings.forEach(
        (name, value) ->
            html.append("<tr><th scope=\"row\">")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(value))
                .append("</td></tr>\n"));
    html.append("</table>\n</section>\n");
  }

  private void files(boolean keepsBest) {
    html.append("<h2>Files</h2>\n<p><a href=\"model.npz\">model.npz</a>, the model");
    if (keepsBest) {
      html.append("; <a href=\"best.npz\">best.npz</a>, the best one");
    }
    html.append("; <a href=\"metrics.json\">metrics.json</a>, the scores for programs;")
        .append(" <a href=\"steps.csv\">steps.csv</a>, loss, learning rate and scores of each")
        .append(" step</p>\n</body>\n</html>\n");
  }

  private void overlays(List<String> names, int validated) {
    html.append("<h2>Validation pictures</h2>\n<p>");
    if (names.size() < validated) {
      html.append("The first ").append(names.size()).append(" of ").append(validated).append(". ");
    }
    html.append("Each links to its full size.</p>\n");
    int open = Math.min(MOST_OPEN, names.size());
    grid(names.subList(0, open));
    if (open < names.size()) {
      html.append("<details>\n<summary>").append(names.size() - open).append(" more</summary>\n");
      grid(names.subList(open, names.size()));
      html.append("</details>\n");
    }
  }

  private void grid(List<String> names) {
    html.append("<div class=\"overlays\">\n");
    for (String name : names) {
      figure("overlays/" + name + ".png", name, "");
    }
    html.append("</div>\n");
  }

  private void figure(String path, String name, String words) {
    String link = escaped(link(path));
    html.append("<figure><a href=\"%1$s\"><img src=\"%1$s\" alt=\"".formatted(link))
        .append(
            escaped(
                words.isEmpty() ? name + ": the picture and its prediction" : name + ": " + words))
        .append("\"></a><figcaption>")
        .append(escaped(name))
        .append("</figcaption></figure>\n");
  }

  private static String number(double value) {
    return Measure.text(value, 4);
  }

  /** Returns a relative path as a link; every character is allowed in a name. */
  private static String link(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // a relative path without a colon first is always one
    }
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
