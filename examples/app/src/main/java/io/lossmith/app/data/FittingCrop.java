package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.Comparator;
import java.util.List;

/** How large pieces of pictures are unless it is said. */
public final class FittingCrop {
  /** The least side of a piece, which all sides are multiples of. */
  static final int LEAST = 4;

  /** Below this side a network learns from its own edges. */
  private static final int SMALL = 32;

  private FittingCrop() {}

  /**
   * Returns the side of a piece that every picture has.
   *
   * @param most the side of large pictures' pieces
   * @throws BadInput if one picture would make the pieces of all others tiny, or has less than 4
   */
  public static int of(List<SampleFacts> samples, int most) {
    List<SampleFacts> bySide =
        samples.stream().sorted(Comparator.comparingInt(SampleFacts::side)).toList();
    SampleFacts smallest = bySide.get(0);
    int fitting = fitting(smallest, most);
    int usual = fitting(bySide.get(bySide.size() / 2), most);
    if (fitting < LEAST || fitting < SMALL && fitting <= usual / 2) {
      throw new BadInput(
          "train: picture "
              + smallest.name()
              + " is "
              + smallest.size()
              + ", too little for pieces of "
              + Math.max(LEAST, usual)
              + " x "
              + Math.max(LEAST, usual)
              + "; take it away"
              + (fitting < LEAST ? "." : ", or give --crop " + fitting + "."));
    }
    return fitting;
  }

  private static int fitting(SampleFacts sample, int most) {
    return Math.min(most, sample.side() / LEAST * LEAST);
  }
}
