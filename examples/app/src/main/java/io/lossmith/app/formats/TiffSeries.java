package io.lossmith.app.formats;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file's description says of its pictures together.
 *
 * @param planes how many pictures of one channel there are; 0 where it says nothing
 * @param channels how many of these, one after the other, are channels of one picture
 * @param tifffile whether Python's tifffile wrote it, which says of truth values that 0 is white
 *     and stores and reads them as if 0 were black
 */
record TiffSeries(int planes, int channels, boolean tifffile) {
  private static final int MOST = 1 << 24;

  /** Reads the first directory of a file with {@code pages} of them. */
  static TiffSeries of(TiffDirectory first, int pages) throws IOException {
    String description = first.text(TiffTag.DESCRIPTION);
    boolean tifffile =
        first.text(TiffTag.SOFTWARE).startsWith("tifffile")
            || description.startsWith("{\"shape\": ")
            || description.contains("Creator=\"tifffile");
    if (description.startsWith("ImageJ=")) {
      int planes = number(description, "(?m)^images=(\\d{1,9})\\s*$", 0);
      int channels = number(description, "(?m)^channels=(\\d{1,9})\\s*$", 1);
      // A stack that is nothing but channels is one of pictures, unless they may be colours:
      // programs that do not know what their third axis is write it so.
      int together = channels == planes && channels != 3 ? 1 : channels;
      return new TiffSeries(planes, together, tifffile);
    }
    if (pages > 1 && description.contains("<OME")) {
      int channels = number(description, "SizeC=\"(\\d{1,9})\"", 1);
      if (channels > 1) { // in one of six orders
        throw new NotRead(
            "is an OME-TIFF of "
                + channels
                + " channels; save those to use as a file of their own");
      }
    }
    return new TiffSeries(0, 1, tifffile);
  }

  private static int number(String description, String pattern, int otherwise) {
    Matcher found = Pattern.compile(pattern).matcher(description);
    int number = found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    return number >= 1 && number <= MOST ? number : otherwise;
  }
}
