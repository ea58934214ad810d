package io.lossmith.app.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Tells whether pictures are still those of before. */
public final class Fingerprints {
  private Fingerprints() {}

  /** Returns a line for each picture, with its name, its size and a checksum of what is in it. */
  public static List<String> of(DataSet data) {
    List<String> lines = new ArrayList<>();
    data.training().forEach(sample -> lines.add(line("training", sample)));
    data.validation().forEach(sample -> lines.add(line("validation", sample)));
    return lines;
  }

  private static String line(String part, Sample sample) {
    Picture picture = sample.picture();
    CRC32 sum = new CRC32();
    ByteBuffer row = ByteBuffer.allocate(4 * picture.width());
    float[] values = picture.values();
    for (int from = 0; from < values.length; from += picture.width()) {
      row.clear().asFloatBuffer().put(values, from, picture.width());
      sum.update(row.array());
    }
    sum.update(sample.mask().labels());
    return "%s picture %s, %s, %d channels, checksum %08x"
        .formatted(part, sample.name(), picture.size(), picture.channels(), sum.getValue());
  }

  /** Returns in words what is the first difference, or an empty text where there is none. */
  public static String difference(List<String> before, List<String> now) {
    if (before.size() != now.size()) {
      return "there are " + now.size() + " pictures, there were " + before.size();
    }
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).equals(before.get(i))) {
        return "there is " + now.get(i) + ", where there was " + before.get(i);
      }
    }
    return "";
  }
}
