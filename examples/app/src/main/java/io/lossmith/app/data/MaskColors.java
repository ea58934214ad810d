package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The class of each colour of masks.
 *
 * @param who where this is from
 * @param labels the class of each 0xRRGGBB, or {@link Mask#VOID}
 */
public record MaskColors(String who, Map<Integer, Integer> labels) {
  /** A class or nothing, and a colour; what follows is for people. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(\\d{1,3}|ignore)[\\s,;]+)?"
              + "(?:#([0-9a-fA-F]{6})|(\\d{1,3})[\\s,]+(\\d{1,3})[\\s,]+(\\d{1,3}))(?:[\\s,;].*)?");

  /**
   * Reads a text of lines such as {@code 2 #00ff00 tree}, {@code 2 0 255 0} or {@code ignore
   * #ffffff}. Where no line has a class, they count from 0.
   *
   * @throws BadInput if the file cannot be read, a line is of another form or a class too large
   */
  public static MaskColors read(Path file, int classes) {
    Map<Integer, Integer> labels = new LinkedHashMap<>();
    List<String> lines = lines(file);
    int next = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      String where = file + ": line " + (i + 1);
      if (!parts.matches()) {
        throw new BadInput(where + " must be a class and its colour, such as 2 #00ff00.");
      }
      String name = parts.group(1);
      int label =
          name == null ? next++ : name.equals("ignore") ? Mask.VOID : Integer.parseInt(name);
      if (label != Mask.VOID && label >= Math.max(2, classes)) {
        throw new BadInput(
            where
                + " has class "
                + label
                + ", must be in 0.."
                + (Math.max(2, classes) - 1)
                + "; give --classes.");
      }
      Integer before = labels.put(rgb(parts), label);
      if (before != null && before != label) {
        throw new BadInput(where + " gives a colour a second class; remove one.");
      }
    }
    return new MaskColors(file.toString(), labels);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }

  private static int rgb(Matcher parts) {
    String hex = parts.group(2);
    if (hex != null) {
      return Integer.parseInt(hex, 16);
    }
    int rgb = 0;
    for (int group = 3; group <= 5; group++) {
      rgb = rgb << 8 | Math.min(0xFF, Integer.parseInt(parts.group(group)));
    }
    return rgb;
  }

  /** Reads the colours of a mask that has kept them. */
  static MaskValues lossless(Source mask) {
    MaskValues values = MaskValues.colours(mask);
    if (values.isLossy()) {
      throw new BadInput(
          mask + ": is a JPEG, in which colours change; save masks of colours as PNG.");
    }
    return values;
  }

  /** Returns the colours that have a class. */
  MaskColors known() {
    Map<Integer, Integer> known = new LinkedHashMap<>(labels);
    known.values().removeIf(label -> label == Mask.VOID);
    return new MaskColors(who, known);
  }

  /**
   * Reads a mask.
   *
   * @param predicted whether it is a prediction, where a colour to ignore means nothing
   */
  Mask read(Source source, boolean predicted) {
    MaskValues values = lossless(source);
    byte[] labels = new byte[values.width() * values.height()];
    for (int i = 0; i < labels.length; i++) {
      Integer label = this.labels.get(values.get(i));
      if (label == null) {
        throw new BadInput(
            values.at(i)
                + values.word(values.get(i))
                + ", which "
                + who
                + " has no class for; add a line, such as "
                + (predicted ? "1 " : "ignore ")
                + values.word(values.get(i))
                + ".");
      }
      labels[i] = (byte) (int) label;
    }
    return new Mask(values.width(), values.height(), labels);
  }

  /** Returns the classes with their colours, as people read them. */
  @Override
  public String toString() {
    return labels.entrySet().stream()
        .map(
            one ->
                (one.getValue() == Mask.VOID ? "ignore" : String.valueOf(one.getValue()))
                    + " #%06x".formatted(one.getKey()))
        .collect(Collectors.joining(", "));
  }
}
