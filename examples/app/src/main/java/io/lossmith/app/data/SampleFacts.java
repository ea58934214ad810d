package io.lossmith.app.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What all workers know of a sample, whoever of them has read it.
 *
 * @param name what to call it
 * @param width pixels in a row
 * @param height rows
 * @param channels of its picture as it was read: 1 or 3
 * @param checksum of picture and mask
 * @param labels how many pixels each label of the mask has, up to the last that has any
 * @param mask in words, how the mask was understood
 * @param notes what was done to the picture
 */
public record SampleFacts(
    String name,
    int width,
    int height,
    int channels,
    long checksum,
    List<Long> labels,
    List<String> mask,
    List<String> notes) {

  /** Looks at a sample of which nothing is to be said. */
  static SampleFacts of(Sample sample) {
    return of(sample, new Tally(), new Tally());
  }

  /**
   * Looks at a sample.
   *
   * @param mask how its mask was understood
   * @param notes what was done to its picture
   */
  static SampleFacts of(Sample sample, Tally mask, Tally notes) {
    Picture picture = sample.picture();
    return new SampleFacts(
        sample.name(),
        picture.width(),
        picture.height(),
        picture.channels(),
        checksum(sample),
        labels(sample.mask()),
        mask.words(),
        notes.words());
  }

  private static long checksum(Sample sample) {
    Picture picture = sample.picture();
    CRC32 sum = new CRC32();
    float[] row = new float[picture.width()];
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * row.length);
    for (int channel = 0; channel < picture.channels(); channel++) {
      for (int y = 0; y < picture.height(); y++) {
        picture.copy(channel, y * row.length, row.length, row, 0);
        bytes.clear().asFloatBuffer().put(row);
        sum.update(bytes.array());
      }
    }
    sum.update(sample.mask().labels());
    return sum.getValue();
  }

  private static List<Long> labels(Mask mask) {
    long[] counts = new long[1 << Byte.SIZE];
    int most = 0;
    for (byte label : mask.labels()) {
      counts[label & 0xFF]++;
      most = Math.max(most, label & 0xFF);
    }
    List<Long> labels = new ArrayList<>();
    for (int label = 0; label <= most; label++) {
      labels.add(counts[label]);
    }
    return List.copyOf(labels);
  }

  /** Returns these with what is said of a sample that this one is a part of. */
  SampleFacts saying(SampleFacts whole) {
    return new SampleFacts(
        name, width, height, channels, checksum, labels, whole.mask, whole.notes);
  }

  /** Returns the sizes as people say them. */
  public String size() {
    return width + " x " + height;
  }

  /** Returns how many pixels there are. */
  public long pixels() {
    return (long) width * height;
  }

  /** Returns how many pixels of the mask have a label. */
  long count(int label) {
    return label < labels.size() ? labels.get(label) : 0;
  }

  /** Returns whether a pixel has a label that is neither 0 nor unknown. */
  public boolean hasForeground() {
    for (int label = 1; label < Mask.VOID; label++) {
      if (count(label) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the length of the shorter side. */
  int side() {
    return Math.min(width, height);
  }

  @Override
  public String toString() {
    return "picture %s, %s, %d channels, checksum %08x".formatted(name, size(), channels, checksum);
  }

  /** Writes them for other workers. */
  void write(DataOutput out) throws IOException {
    out.writeUTF(name);
    out.writeInt(width);
    out.writeInt(height);
    out.writeInt(channels);
    out.writeLong(checksum);
    out.writeInt(labels.size());
    for (long count : labels) {
      out.writeLong(count);
    }
    writeWords(out, mask);
    writeWords(out, notes);
  }

  private static void writeWords(DataOutput out, List<String> words) throws IOException {
    out.writeInt(words.size());
    for (String word : words) {
      out.writeUTF(word);
    }
  }

  /** Reads what another worker wrote. */
  static SampleFacts read(DataInput in) throws IOException {
    String name = in.readUTF();
    int width = in.readInt();
    int height = in.readInt();
    int channels = in.readInt();
    long checksum = in.readLong();
    List<Long> labels = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      labels.add(in.readLong());
    }
    return new SampleFacts(
        name, width, height, channels, checksum, List.copyOf(labels), words(in), words(in));
  }

  private static List<String> words(DataInput in) throws IOException {
    List<String> words = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      words.add(in.readUTF());
    }
    return List.copyOf(words);
  }
}
