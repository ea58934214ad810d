package io.lossmith.app.data;

import java.util.List;

/**
 * How often each class occurs in masks; unknown pixels are counted nowhere.
 *
 * @param pixels of each class, over all masks
 * @param around of each class: all pixels of the masks that it occurs in
 */
public record ClassCounts(long[] pixels, long[] around) {
  /** Adds up the labels of all samples; those beyond the classes are left out. */
  public static ClassCounts of(List<SampleFacts> samples, int classes) {
    ClassCounts counts = new ClassCounts(new long[classes], new long[classes]);
    samples.forEach(counts::add);
    return counts;
  }

  private void add(SampleFacts sample) {
    long all = 0;
    for (int label = 0; label < pixels.length; label++) {
      all += sample.count(label);
    }
    for (int label = 0; label < pixels.length; label++) {
      pixels[label] += sample.count(label);
      around[label] += sample.count(label) > 0 ? all : 0;
    }
  }
}
