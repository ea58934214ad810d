package io.lossmith.app.formats;

/** How a camera or scanner held the picture: EXIF and TIFF tag 274, named by what upright does. */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  HALF_TURN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  QUARTER_LEFT(true, true, false);

  private final boolean swapped; // rows of the file are columns
  private final boolean fromRight; // of the file's rows
  private final boolean fromBottom; // of the file's columns

  Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
    this.swapped = swapped;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Returns the orientation of a tag's number, 1 to 8; others mean nothing. */
  static Orientation of(long tag) {
    return tag >= 1 && tag <= 8 ? values()[(int) tag - 1] : UPRIGHT;
  }

  PictureLayout of(PictureLayout layout) {
    return swapped ? layout.turned() : layout;
  }

  /** Looks at a file's numbers as they are upright. */
  Samples of(Samples samples, PictureLayout stored) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    return (band, x, y) -> {
      int column = swapped ? y : x;
      int row = swapped ? x : y;
      return samples.at(band, fromRight ? right - column : column, fromBottom ? bottom - row : row);
    };
  }
}
