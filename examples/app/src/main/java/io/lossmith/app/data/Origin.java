package io.lossmith.app.data;

import java.util.SortedMap;
import java.util.SortedSet;

/** Where samples are from; each can be read without the others. */
public interface Origin {
  /** A sample that was read, and what others are to know of it. */
  record Seen(Sample sample, SampleFacts facts) {}

  /** Returns how many samples there are. */
  int size();

  /**
   * Reads some.
   *
   * @param numbers which, from 0
   * @throws io.lossmith.app.io.BadInput if one cannot be read
   */
  SortedMap<Integer, Seen> read(SortedSet<Integer> numbers);
}
