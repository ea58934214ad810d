package io.lossmith.app.report;

import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One view of a picture with colours laid over its pixels: small ones enlarged, large ones shrunk.
 */
final class Panel {
  private static final float TINT = 0.5f;
  private static final int LEAST_SIDE = 480;
  private static final int MOST_SIDE = 1000;

  private final Sample sample;
  private final int zoom; // drawn pixels for one of the picture
  private final int shrink; // pixels of the picture for one drawn; it or zoom is 1
  private final float darkest;
  private final float brightest;

  Panel(Sample sample) {
    this.sample = sample;
    Picture picture = sample.picture();
    int side = Math.max(picture.width(), picture.height());
    this.zoom = Math.max(1, Math.round((float) LEAST_SIDE / side));
    this.shrink = (side + MOST_SIDE - 1) / MOST_SIDE;
    float low = Float.MAX_VALUE;
    float high = -Float.MAX_VALUE;
    for (int channel = 0; channel < picture.channels(); channel++) {
      for (int pixel = 0; pixel < picture.pixels(); pixel++) {
        float value = picture.value(channel, pixel);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    this.darkest = low;
    this.brightest = Math.max(high, low + 1e-6f);
  }

  /** Chooses the colour over a pixel. */
  @FunctionalInterface
  interface Tint {
    /** Returns the colour, or null to leave the pixel as it is. */
    @Nullable Color of(int pixel);
  }

  /** Draws the picture as it is. */
  BufferedImage plain() {
    return drawn(this::shade);
  }

  /** Draws the picture in grey, so that its own colours are no answer, with colours over it. */
  BufferedImage tinted(Tint tint) {
    return drawn(
        pixel -> {
          int grey = grey(shade(pixel));
          Color color = tint.of(pixel);
          return color == null ? grey : mixed(grey, color);
        });
  }

  private BufferedImage drawn(IntUnaryOperator rgb) {
    Picture picture = sample.picture();
    BufferedImage image =
        new BufferedImage(
            drawn(picture.width()), drawn(picture.height()), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, mean(rgb, x * shrink / zoom, y * shrink / zoom));
      }
    }
    return image;
  }

  private int drawn(int side) {
    return (side * zoom + shrink - 1) / shrink;
  }

  /** The mean of the pixels that are drawn as one, so that no small mistake gets lost. */
  private int mean(IntUnaryOperator shown, int left, int top) {
    Picture picture = sample.picture();
    int right = Math.min(picture.width(), left + shrink);
    int bottom = Math.min(picture.height(), top + shrink);
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int rgb = shown.applyAsInt(y * picture.width() + x);
        red += rgb >> 16 & 0xFF;
        green += rgb >> 8 & 0xFF;
        blue += rgb & 0xFF;
      }
    }
    int count = (right - left) * (bottom - top);
    return red / count << 16 | green / count << 8 | blue / count;
  }

  /** Draws a line along the inner side of where the truth is not class 0. */
  void outlineTruth(BufferedImage image, Color color) {
    int thickness = Math.max(1, zoom / 2);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (isTrue(x, y)
            && !(isTrue(x - thickness, y)
                && isTrue(x + thickness, y)
                && isTrue(x, y - thickness)
                && isTrue(x, y + thickness))) {
          image.setRGB(x, y, color.getRGB());
        }
      }
    }
  }

  /** Whether the truth is foreground at a drawn place; outside it goes on as at the edge. */
  private boolean isTrue(int x, int y) {
    Mask mask = sample.mask();
    int column = Math.max(0, Math.min(mask.width() - 1, Math.floorDiv(x * shrink, zoom)));
    int row = Math.max(0, Math.min(mask.height() - 1, Math.floorDiv(y * shrink, zoom)));
    int label = mask.label(row * mask.width() + column);
    return label != 0 && label != Mask.VOID;
  }

  private int shade(int pixel) {
    Picture picture = sample.picture();
    int rgb = 0;
    for (int band = 0; band < 3; band++) {
      float value = picture.value(band % picture.channels(), pixel);
      int level = Math.round(255 * (value - darkest) / (brightest - darkest));
      rgb = rgb << 8 | level;
    }
    return rgb;
  }

  private static int grey(int rgb) {
    int level = ((rgb >> 16 & 0xFF) * 30 + (rgb >> 8 & 0xFF) * 59 + (rgb & 0xFF) * 11) / 100;
    return level << 16 | level << 8 | level;
  }

  private static int mixed(int rgb, Color color) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      float under = rgb >> shift & 0xFF;
      float over = color.getRGB() >> shift & 0xFF;
      mixed |= Math.round(under * (1 - TINT) + over * TINT) << shift;
    }
    return mixed;
  }
}
