package io.lossmith.app.data;

import java.util.List;

/**
 * How often each class occurs in masks; unknown pixels are counted nowhere.
 *
 * @param pixels of each class, over all masks
 * @param around of each class: all pixels of the masks that it occurs in
 */
public record ClassCounts(long[] pixels, long[] around) {
  /** Counts the labels of all samples; those beyond the classes are left out. */
  public static ClassCounts of(List<Sample> samples, int classes) {
    ClassCounts counts = new ClassCounts(new long[classes], new long[classes]);
    samples.forEach(sample -> counts.add(sample.mask()));
    return counts;
  }

  private void add(Mask mask) {
    long[] here = new long[1 << Byte.SIZE];
    for (byte label : mask.labels()) {
      here[label & 0xFF]++;
    }
    long all = 0;
    for (int label = 0; label < pixels.length; label++) {
      all += here[label];
    }
    for (int label = 0; label < pixels.length; label++) {
      pixels[label] += here[label];
      around[label] += here[label] > 0 ? all : 0;
    }
  }
}
