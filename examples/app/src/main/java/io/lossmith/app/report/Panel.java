package io.lossmith.app.report;

import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** One enlarged view of a picture with colours laid over its pixels. */
final class Panel {
  private static final float TINT = 0.5f;

  private final Sample sample;
  private final int zoom;
  private final float darkest;
  private final float brightest;

  Panel(Sample sample, int zoom) {
    this.sample = sample;
    this.zoom = zoom;
    float low = Float.MAX_VALUE;
    float high = -Float.MAX_VALUE;
    for (float value : sample.picture().values()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
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

  /** Draws the picture with colours over it. */
  BufferedImage tinted(Tint tint) {
    Picture picture = sample.picture();
    BufferedImage image =
        new BufferedImage(
            picture.width() * zoom, picture.height() * zoom, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = y / zoom * picture.width() + x / zoom;
        Color color = tint.of(pixel);
        image.setRGB(x, y, color == null ? shade(pixel) : mixed(shade(pixel), color));
      }
    }
    return image;
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

  /** Whether the truth is foreground at an enlarged place; outside it goes on as at the edge. */
  private boolean isTrue(int x, int y) {
    Mask mask = sample.mask();
    int column = Math.max(0, Math.min(mask.width() - 1, Math.floorDiv(x, zoom)));
    int row = Math.max(0, Math.min(mask.height() - 1, Math.floorDiv(y, zoom)));
    return mask.label(row * mask.width() + column) != 0;
  }

  private int shade(int pixel) {
    Picture picture = sample.picture();
    int rgb = 0;
    for (int band = 0; band < 3; band++) {
      float value = picture.values()[band % picture.channels() * picture.pixels() + pixel];
      int level = Math.round(255 * (value - darkest) / (brightest - darkest));
      rgb = rgb << 8 | level;
    }
    return rgb;
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
