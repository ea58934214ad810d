package io.lossmith.app.report;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.Shortened;
import io.lossmith.app.score.Measure;
import io.lossmith.app.train.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws how training went, as PNG files. */
public final class Curves {
  private static final int MOST_POINTS = 2000;

  private static final Color[] RUNS = {
    new Color(0x9F, 0xC5, 0xE8), new Color(0xF0, 0x8C, 0x2E), new Color(0x00, 0x3C, 0x6E)
  };

  private Curves() {}

  /** Draws the loss of each step and its running mean. */
  public static void loss(Path file, float[] values, String loss) {
    int window = Math.max(2, values.length / 40);
    double[] steps = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
    double[] each = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    XYChart chart = chart("Training loss: " + Shortened.of(loss), "loss");
    drawZero(chart, values.length);
    line(chart, "each step", thinned(steps), thinned(each), new Color(0x6F, 0xA8, 0xDC), 1.2f);
    line(
        chart,
        "mean of " + (window / 2 * 2 + 1) + " steps",
        thinned(steps),
        thinned(runningMean(each, window)),
        new Color(0x00, 0x54, 0x94),
        2.4f);
    double highest = Arrays.stream(each).filter(Double::isFinite).max().orElse(1);
    double lowest = Arrays.stream(each).filter(Double::isFinite).min().orElse(0);
    chart.getStyler().setYAxisMin(Math.min(0, lowest)).setYAxisMax(highest * 1.05);
    write(file, chart);
  }

  /** Draws the validation scores of so many steps. */
  public static void scores(Path file, List<History.Validation> validations, int trained) {
    double[] steps = validations.stream().mapToDouble(History.Validation::step).toArray();
    double[] dice = validations.stream().mapToDouble(History.Validation::dice).toArray();
    double[] iou = validations.stream().mapToDouble(v -> Measure.IOU.of(v.counts())).toArray();
    XYChart chart = chart("Validation", "score (0 to 1)");
    drawZero(chart, trained);
    line(chart, "Dice", steps, dice, new Color(0x00, 0x8A, 0x64), 2.4f)
        .setMarker(SeriesMarkers.CIRCLE);
    line(chart, "intersection over union", steps, iou, new Color(0xC8, 0x5A, 0x00), 2.4f)
        .setMarker(SeriesMarkers.DIAMOND);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setMarkerSize(6);
    write(file, chart);
  }

  /** Draws the losses of trainings; earlier ones wider, so that all are seen where they agree. */
  static void runs(Path file, List<RunCurves.Run> runs) {
    XYChart chart = chart("Training loss", "loss");
    int most = runs.stream().mapToInt(run -> run.losses().length).max().orElse(0);
    drawZero(chart, most);
    for (int i = 0; i < runs.size(); i++) {
      RunCurves.Run run = runs.get(i);
      double[] steps = IntStream.rangeClosed(1, run.losses().length).asDoubleStream().toArray();
      float width = 2f + 4f * (runs.size() - 1 - i);
      Color color = RUNS[i % RUNS.length];
      line(chart, run.name(), thinned(steps), thinned(run.losses()), color, width);
    }
    write(file, chart);
  }

  private static XYChart chart(String title, String yAxis) {
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(480)
            .title(title)
            .xAxisTitle("training step")
            .yAxisTitle(yAxis)
            .build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS) // inside it covers data of some run
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 19))
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 19));
    chart
        .getStyler()
        .setXAxisMin(0.0)
        .setXAxisDecimalPattern("#")
        .setXAxisTickMarkSpacingHint(90)
        .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 19))
        .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 17))
        .setPlotGridLinesColor(new Color(0xDD, 0xDD, 0xDD));
    return chart;
  }

  /**
   * Draws a line along 0. Its places are not equally far apart, which keeps the library from
   * labelling the axis at every so manieth value of a curve, such as 14, 28, 42.
   */
  private static void drawZero(XYChart chart, int steps) {
    double[] x = {0, 0.3 * steps, steps};
    line(chart, "zero", x, new double[3], Color.LIGHT_GRAY, 1f).setShowInLegend(false);
  }

  private static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color color, float width) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(color);
    series.setMarkerColor(color).setLineStyle(new BasicStroke(width));
    return series;
  }

  /** Means of the values around each one, so that the curve does not lag; fewer at the ends. */
  private static double[] runningMean(double[] values, int window) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    double[] means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int reach = Math.min(window / 2, Math.min(i, values.length - 1 - i));
      means[i] = (sums[i + reach + 1] - sums[i - reach]) / (2 * reach + 1);
    }
    return means;
  }

  /** A million points draw for minutes and look like two thousand. */
  private static double[] thinned(double[] values) {
    int every = (values.length + MOST_POINTS - 1) / MOST_POINTS;
    return IntStream.range(0, values.length)
        .filter(i -> i % Math.max(1, every) == 0)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static void write(Path file, XYChart chart) {
    AtomicFile.write(file, out -> ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out));
  }
}
