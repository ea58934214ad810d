package io.lossmith.app.formats;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file's description says of its pictures together.
 *
 * @param planes how many pictures of one channel there are; 0 where it says nothing
 * @param channels how many of these, one after the other, are channels of one picture
 */
record TiffSeries(int planes, int channels) {
  private static final int MOST = 1 << 24;

  /** Reads the description of a file with {@code pages} directories. */
  static TiffSeries of(String description, int pages) throws IOException {
    if (description.startsWith("ImageJ=")) {
      int planes = number(description, "(?m)^images=(\\d{1,9})\\s*$", 0);
      int channels = number(description, "(?m)^channels=(\\d{1,9})\\s*$", 1);
      // A stack that is nothing but channels is one of pictures, unless they may be colours:
      // programs that do not know what their third axis is write it so.
      return new TiffSeries(planes, channels == planes && channels != 3 ? 1 : channels);
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
    return new TiffSeries(0, 1);
  }

  private static int number(String description, String pattern, int otherwise) {
    Matcher found = Pattern.compile(pattern).matcher(description);
    int number = found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    return number >= 1 && number <= MOST ? number : otherwise;
  }
}
