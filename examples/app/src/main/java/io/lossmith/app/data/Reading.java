package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.workers.Agreement;
import io.lossmith.app.workers.Gathered;
import io.lossmith.core.collective.Collective;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Reads the samples that some workers need, and learns from the others what the rest is like: what
 * follows from all pictures is then decided alike by all workers, from the same facts.
 */
public final class Reading {
  private final String part;
  private final SampleFacts[] facts;
  private final int[] ranks; // who told
  private final Map<Integer, Sample> held = new HashMap<>();

  private Reading(String part, int size) {
    this.part = part;
    this.facts = new SampleFacts[size];
    this.ranks = new int[size];
  }

  /**
   * Reads what a share needs.
   *
   * @param others those who read the rest; all must call this
   * @return samples with as many channels as the most colourful one, of values as files have them
   * @throws BadInput if a sample cannot be read, or two workers read another in its place
   */
  public static DataSet read(Origin training, Origin validation, Share share, Collective others) {
    Reading learned = new Reading("training", training.size());
    Reading measured = new Reading("validation", validation.size());
    SortedMap<Integer, Origin.Seen> first = training.read(share.training(training.size()));
    SortedMap<Integer, Origin.Seen> then = validation.read(share.validation(validation.size()));
    learned.hold(first);
    measured.hold(then);
    List<byte[]> told = Gathered.bytes(others, written(first, then));
    for (int rank = 0; rank < told.size(); rank++) {
      take(told.get(rank), rank, learned, measured);
    }
    return DataSet.of(learned.samples(), measured.samples());
  }

  private void hold(SortedMap<Integer, Origin.Seen> seen) {
    seen.forEach((number, one) -> held.put(number, one.sample()));
  }

  private static byte[] written(
      SortedMap<Integer, Origin.Seen> training, SortedMap<Integer, Origin.Seen> validation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      for (SortedMap<Integer, Origin.Seen> seen : List.of(training, validation)) {
        out.writeInt(seen.size());
        for (Map.Entry<Integer, Origin.Seen> one : seen.entrySet()) {
          out.writeInt(one.getKey());
          one.getValue().facts().write(out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no errors
    }
    return bytes.toByteArray();
  }

  private static void take(byte[] told, int rank, Reading training, Reading validation) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(told));
    try {
      for (Reading reading : List.of(training, validation)) {
        for (int left = in.readInt(); left > 0; left--) {
          reading.take(in.readInt(), rank, SampleFacts.read(in));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(int number, int rank, SampleFacts told) {
    SampleFacts before = facts[number];
    if (before == null) {
      facts[number] = told;
      ranks[number] = rank;
    } else if (!before.equals(told)) {
      throw new BadInput(
          Agreement.differ(
              rank,
              " has %s %s, worker %d has %s %s"
                  .formatted(part, told, ranks[number], part, before)));
    }
  }

  private SharedSamples samples() {
    return new SharedSamples(new ArrayList<>(List.of(facts)), held);
  }
}
