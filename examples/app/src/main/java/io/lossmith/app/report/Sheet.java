package io.lossmith.app.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Views of one picture in two columns, each below its caption, and legends at the foot. The letters
 * grow with the sheet, so that they can be read where it is shown as wide as a phone. The ground is
 * dark, which suits pages of either colour.
 */
final class Sheet {
  static final int GAP = 14;
  static final Color GROUND = new Color(0x1E, 0x23, 0x27);

  private static final Color INK = new Color(0xE6, 0xE9, 0xEC);
  private static final int COLUMNS = 2;
  private static final int LEAST_COLUMN = 360; // room for a caption
  private static final int WIDTH_PER_LETTER = 30; // of the sheet, for one pixel of the letters
  private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, false);

  private final List<View> views = new ArrayList<>();
  private final List<List<Entry>> legends = new ArrayList<>();

  private record View(String title, String text, BufferedImage image) {}

  private record Entry(@Nullable Color color, String text) {}

  /** Adds a view; all are equally large. */
  void show(String title, String text, BufferedImage image) {
    views.add(new View(title, text, image));
  }

  /** Begins a legend below the others. */
  void beginLegend() {
    legends.add(new ArrayList<>());
  }

  /** Adds what a colour means, or words without one, to the last legend. */
  void explain(@Nullable Color color, String text) {
    legends.get(legends.size() - 1).add(new Entry(color, text));
  }

  BufferedImage draw() {
    BufferedImage first = views.get(0).image();
    int column = Math.max(LEAST_COLUMN, first.getWidth());
    int width = GAP + COLUMNS * (column + GAP);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, width / WIDTH_PER_LETTER);
    int line = font.getSize() * 4 / 3;
    int row = 2 * line + GAP + first.getHeight() + GAP;
    int foot = (views.size() + COLUMNS - 1) / COLUMNS * row;
    int height = foot + drawLegends(null, font, foot, width) + GAP;
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(GROUND);
    pen.fillRect(0, 0, width, height);
    for (int i = 0; i < views.size(); i++) {
      View view = views.get(i);
      int x = GAP + i % COLUMNS * (column + GAP);
      int y = i / COLUMNS * row;
      pen.setColor(INK);
      write(pen, font.deriveFont(Font.BOLD), view.title(), x, y + line, column);
      write(pen, font, view.text(), x, y + 2 * line, column);
      pen.drawImage(view.image(), x, y + 2 * line + GAP, null);
    }
    drawLegends(pen, font, foot, width);
    pen.dispose();
    return sheet;
  }

  /** Writes a line that ends with dots where there is no room for all of it. */
  private static void write(Graphics2D pen, Font font, String text, int x, int y, int room) {
    String shown = text;
    for (int length = text.length(); widthOf(shown, font) > room; length--) {
      shown = text.substring(0, length) + "…";
    }
    pen.setFont(font);
    pen.drawString(shown, x, y);
  }

  /** Draws the legends, with a pen or to try it, and returns how high they are. */
  private int drawLegends(@Nullable Graphics2D pen, Font font, int top, int width) {
    int y = top;
    for (List<Entry> legend : legends) {
      y += drawLegend(pen, legend, font, y, width) + GAP;
    }
    return y - top;
  }

  /** Draws entries one below the other, in as many columns as there is room for. */
  private static int drawLegend(
      @Nullable Graphics2D pen, List<Entry> legend, Font font, int top, int width) {
    int line = font.getSize() * 4 / 3;
    int side = font.getSize() * 2 / 3;
    int widest = legend.stream().mapToInt(one -> widthOf(one.text(), font)).max().orElse(0);
    int column = side * 3 / 2 + widest + side;
    int columns = Math.max(1, Math.min(legend.size(), (width - 2 * GAP + side) / column));
    int lines = (legend.size() + columns - 1) / columns;
    for (int i = 0; pen != null && i < legend.size(); i++) {
      int x = GAP + i / lines * column;
      draw(pen, font, legend.get(i), x, top + (i % lines + 1) * line, side);
    }
    return lines * line;
  }

  private static void draw(Graphics2D pen, Font font, Entry entry, int x, int y, int side) {
    if (entry.color() != null) {
      pen.setColor(entry.color());
      pen.fillRect(x, y - side, side, side);
    }
    pen.setColor(INK);
    pen.setFont(font);
    pen.drawString(entry.text(), entry.color() == null ? x : x + side * 3 / 2, y);
  }

  private static int widthOf(String text, Font font) {
    return (int) Math.ceil(font.getStringBounds(text, SMOOTH).getWidth());
  }
}
