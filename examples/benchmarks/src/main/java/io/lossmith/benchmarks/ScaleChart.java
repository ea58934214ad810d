package io.lossmith.benchmarks;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Bars: the time for each byte that a loss moves, of each loss and shape, by numbers of threads.
 */
final class ScaleChart {
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 19);
  private static final Font WORDS = new Font(Font.SANS_SERIF, Font.PLAIN, 17);

  private static final Color[] COLORS = {
    new Color(0x6F, 0xA8, 0xDC),
    new Color(0x00, 0x54, 0x94),
    new Color(0xF0, 0xA8, 0x60),
    new Color(0xC8, 0x5A, 0x00)
  };

  private final Map<String, Map<Integer, Double>> picoseconds = new LinkedHashMap<>();

  /** Adds a bar. */
  void add(String work, int threads, double picosecondsPerByte) {
    picoseconds.computeIfAbsent(work, w -> new TreeMap<>()).put(threads, picosecondsPerByte);
  }

  /** Draws all bars to a PNG file. */
  void write(Path file) {
    Set<Integer> threads = new TreeSet<>();
    picoseconds.values().forEach(bars -> threads.addAll(bars.keySet()));
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(900)
            .height(520)
            .title("Time for each byte moved")
            .xAxisTitle("threads, on " + Runtime.getRuntime().availableProcessors() + " processors")
            .yAxisTitle("picoseconds")
            .build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(TITLE)
        .setLegendFont(WORDS)
        .setSeriesColors(COLORS);
    chart
        .getStyler()
        .setYAxisMin(0.0)
        .setAxisTitleFont(WORDS)
        .setAxisTickLabelsFont(WORDS)
        .setPlotGridLinesColor(new Color(0xDD, 0xDD, 0xDD));
    double[] places = threads.stream().mapToDouble(count -> count).toArray();
    picoseconds.forEach(
        (work, bars) -> {
          double[] heights = threads.stream().mapToDouble(bars::get).toArray();
          chart.addSeries(work, places, heights);
        });
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
