package io.lossmith.app.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** SharedSamples, of which this program may hold some and other workers the others. */
public final class SharedSamples {
  private final List<SampleFacts> facts;
  private final Map<Integer, Sample> held;

  /**
   * Joins what is known of all samples and those that are here.
   *
   * @param held by their numbers
   */
  SharedSamples(List<SampleFacts> facts, Map<Integer, Sample> held) {
    this.facts = List.copyOf(facts);
    this.held = Map.copyOf(held);
  }

  /** Holds all samples of a list. */
  public static SharedSamples of(List<Sample> samples) {
    Map<Integer, Sample> held = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      held.put(i, samples.get(i));
    }
    return new SharedSamples(samples.stream().map(SampleFacts::of).toList(), held);
  }

  /** Returns how many there are, here or elsewhere. */
  public int size() {
    return facts.size();
  }

  /** Returns what is known of all of them. */
  public List<SampleFacts> facts() {
    return facts;
  }

  /** Returns one that is here. */
  public Sample get(int number) {
    Sample sample = held.get(number);
    if (sample == null) {
      throw new IllegalStateException("sample " + number + " is held by another worker");
    }
    return sample;
  }

  /** Returns all, which must be here. */
  public List<Sample> all() {
    return IntStream.range(0, size()).mapToObj(this::get).toList();
  }

  /** Returns the same with other pictures. */
  SharedSamples with(UnaryOperator<Picture> change) {
    Map<Integer, Sample> changed = new HashMap<>();
    held.forEach(
        (number, sample) ->
            changed.put(
                number, new Sample(sample.name(), change.apply(sample.picture()), sample.mask())));
    return new SharedSamples(facts, changed);
  }
}
