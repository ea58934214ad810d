package io.lossmith.app.data;

import java.util.ArrayList;
import java.util.List;

/** Tells whether pictures are still those of before. */
public final class Fingerprints {
  private Fingerprints() {}

  /** Returns a line for each picture, with its name, its size and a checksum of what is in it. */
  public static List<String> of(DataSet data) {
    List<String> lines = new ArrayList<>();
    data.training().facts().forEach(sample -> lines.add("training " + sample));
    data.validation().facts().forEach(sample -> lines.add("validation " + sample));
    return lines;
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
