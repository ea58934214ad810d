package io.lossmith.app.data;

import io.lossmith.app.formats.Samples;
import io.lossmith.app.formats.Stored;
import io.lossmith.app.io.BadInput;

/** Tells whether what is transparent in a picture is the mask, or what has colour. */
final class MaskTransparency {
  private final Stored stored;
  private final int colours;
  private boolean even = true; // transparency everywhere the same
  private boolean oneColour = true; // where anything is seen
  private boolean hidden = true; // no colour where nothing is seen

  /** What transparency is to a mask. */
  enum Use {
    NONE(""),
    LEFT_OUT(" (without their transparency)"),
    MASK(" (in the transparency)");

    final String remark;

    Use(String remark) {
      this.remark = remark;
    }
  }

  private MaskTransparency(Stored stored) {
    this.stored = stored;
    this.colours = stored.layout().colours();
  }

  /**
   * Looks at a picture.
   *
   * @throws BadInput if both colours and transparency may be the mask
   */
  static Use of(Source source, Stored stored) {
    if (!stored.alpha()) {
      return Use.NONE;
    }
    MaskTransparency look = new MaskTransparency(stored);
    look.look();
    if (look.even) {
      return Use.NONE;
    }
    if (look.oneColour) {
      return Use.MASK;
    }
    if (!look.hidden) {
      throw new BadInput(
          source
              + ": has colours and transparency, either of which may be the mask; save it as a grey"
              + " picture without transparency.");
    }
    return Use.LEFT_OUT;
  }

  private void look() {
    Samples samples = stored.samples();
    double opacity = samples.at(colours, 0, 0);
    double[] seen = new double[colours];
    boolean any = false;
    for (int y = 0; y < stored.height(); y++) {
      for (int x = 0; x < stored.width(); x++) {
        double alpha = samples.at(colours, x, y);
        even &= alpha == opacity;
        for (int band = 0; band < colours; band++) {
          double value = samples.at(band, x, y);
          if (alpha == 0) {
            hidden &= value == 0;
          } else if (any) {
            oneColour &= value == seen[band];
          } else {
            seen[band] = value;
          }
        }
        any |= alpha != 0;
      }
    }
  }
}
