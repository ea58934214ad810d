package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.workers.Alone;
import io.lossmith.app.workers.Gathered;
import io.lossmith.core.collective.Collective;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The colours that masks have: black is class 0, the others follow by red, green and blue. */
public final class FoundColors {
  private static final int MOST = 255;

  private final List<Source> masks;
  private final int classes;
  private final SortedMap<Integer, SortedSet<Integer>> seen = new TreeMap<>(); // by mask

  private FoundColors(List<Source> masks, int classes) {
    this.masks = masks;
    this.classes = classes;
  }

  /**
   * Finds them in all masks.
   *
   * @throws BadInput if a mask cannot be read, or there are more colours than classes
   */
  public static MaskColors in(List<Source> masks, int classes) {
    SortedSet<Integer> all =
        IntStream.range(0, masks.size()).boxed().collect(Collectors.toCollection(TreeSet::new));
    return in(masks, all, classes, Alone.WORKER);
  }

  /**
   * Finds them together with others.
   *
   * @param own which of the masks are looked at here
   * @param others who look at the other masks; all must call this
   * @throws BadInput if a mask cannot be read, or there are more colours than classes
   */
  public static MaskColors in(
      List<Source> masks, SortedSet<Integer> own, int classes, Collective others) {
    FoundColors colors = new FoundColors(masks, classes);
    own.forEach(colors::look);
    for (byte[] told : Gathered.bytes(others, colors.written())) {
      colors.take(ByteBuffer.wrap(told));
    }
    Map<Integer, Integer> labels = new LinkedHashMap<>();
    colors.all().forEach(rgb -> labels.put(rgb, labels.size()));
    return new MaskColors("--mask-colors found", labels);
  }

  private void look(int number) {
    SortedSet<Integer> here =
        new TreeSet<>(MaskColors.lossless(masks.get(number)).counts().keySet());
    seen.put(number, here);
    require(here, number); // a mask of shades has more than are worth telling
  }

  /** Returns the colours of all masks, of whom the first that brings too many is named. */
  private SortedSet<Integer> all() {
    SortedSet<Integer> all = new TreeSet<>();
    seen.forEach(
        (number, colours) -> {
          all.addAll(colours);
          require(all, number);
        });
    return all;
  }

  private void require(SortedSet<Integer> found, int number) {
    if (found.size() > Math.min(MOST, Math.max(2, classes))) {
      throw new BadInput(
          masks.get(number)
              + ": with it masks have "
              + found.size()
              + " colours, --classes is "
              + classes
              + "; give --classes, or a file of colours as --mask-colors.");
    }
  }

  private byte[] written() {
    int numbers = seen.values().stream().mapToInt(colours -> 2 + colours.size()).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers);
    seen.forEach(
        (number, colours) -> {
          bytes.putInt(number).putInt(colours.size());
          colours.forEach(bytes::putInt);
        });
    return bytes.array();
  }

  private void take(ByteBuffer told) {
    while (told.hasRemaining()) {
      SortedSet<Integer> colours = seen.computeIfAbsent(told.getInt(), none -> new TreeSet<>());
      for (int left = told.getInt(); left > 0; left--) {
        colours.add(told.getInt());
      }
    }
  }
}
