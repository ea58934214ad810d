package io.lossmith.app.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a TIFF says of one picture: fields by their tags (TIFF 6.0, section 2; BigTIFF). */
final class TiffDirectory {
  /** Bytes of a value by its type's number. */
  private static final int[] BYTES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private static final int BYTE = 1;
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int UNDEFINED = 7;
  private static final int DIRECTORY = 13;
  private static final int LONG8 = 16;
  private static final int DIRECTORY8 = 18;
  private static final int MOST_VALUES = 1 << 26;

  private record Field(int type, long count, long position) {}

  private final TiffBytes bytes;
  private final Map<Integer, Field> fields = new HashMap<>();

  private TiffDirectory(TiffBytes bytes) {
    this.bytes = bytes;
  }

  /** Reads all directories of a file, one for each picture. */
  static List<TiffDirectory> all(TiffBytes bytes) throws IOException {
    boolean big = bytes.at(2, 2).getShort() == 43;
    List<TiffDirectory> all = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long at = big ? bytes.at(8, 8).getLong() : unsigned(bytes.at(4, 4));
    while (at != 0) {
      if (!seen.add(at)) {
        throw new IOException("the file is damaged: its directories go in a circle");
      }
      TiffDirectory directory = new TiffDirectory(bytes);
      at = directory.read(at, big);
      all.add(directory);
    }
    if (all.isEmpty()) {
      throw new EOFException();
    }
    return all;
  }

  /** Returns the orientation that EXIF bytes name, 1 where they name none or cannot be read. */
  static long orientation(byte[] exif) {
    try {
      TiffBytes bytes = TiffBytes.of(exif);
      TiffDirectory directory = new TiffDirectory(bytes);
      directory.read(unsigned(bytes.at(4, 4)), false);
      return directory.number(TiffTag.ORIENTATION, 1);
    } catch (IOException e) {
      return 1; // cameras write much into EXIF that is against its rules
    }
  }

  private static long unsigned(ByteBuffer four) {
    return four.getInt() & 0xFFFFFFFFL;
  }

  /** Reads the fields at a position and returns where the next directory is, 0 for nowhere. */
  private long read(long at, boolean big) throws IOException {
    int head = big ? 8 : 2;
    int entry = big ? 20 : 12;
    long count = big ? bytes.at(at, 8).getLong() : bytes.at(at, 2).getShort() & 0xFFFF;
    if (count < 0 || count > 0xFFFF) {
      throw new EOFException();
    }
    ByteBuffer entries = bytes.at(at + head, count * entry + (big ? 8 : 4));
    for (int i = 0; i < count; i++) {
      int tag = entries.getShort() & 0xFFFF;
      int type = entries.getShort() & 0xFFFF;
      long values = big ? entries.getLong() : entries.getInt() & 0xFFFFFFFFL;
      long here = at + head + entries.position();
      long value = big ? entries.getLong() : entries.getInt() & 0xFFFFFFFFL;
      int size = type < BYTES.length ? BYTES[type] : 1;
      boolean within = values <= (big ? 8 : 4) && size * values <= (big ? 8 : 4);
      if (values < 0 || values > Integer.MAX_VALUE) {
        throw new EOFException();
      }
      long position = within ? here : value;
      bytes.require(position, size * values);
      fields.put(tag, new Field(type, values, position));
    }
    return big ? entries.getLong() : unsigned(entries);
  }

  TiffBytes bytes() {
    return bytes;
  }

  boolean has(TiffTag tag) {
    return fields.containsKey(tag.number());
  }

  /** Returns the first whole number of a field. */
  long number(TiffTag tag, long otherwise) throws IOException {
    long[] all = numbers(tag);
    return all.length == 0 ? otherwise : all[0];
  }

  /** Returns the whole numbers of a field; none where it is not there or holds others. */
  long[] numbers(TiffTag tag) throws IOException {
    Field field = fields.get(tag.number());
    if (field == null || field.count() > MOST_VALUES) {
      return new long[0];
    }
    int size = field.type() < BYTES.length ? BYTES[field.type()] : 1;
    ByteBuffer values = bytes.at(field.position(), size * field.count());
    long[] numbers = new long[(int) field.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (field.type()) {
            case SHORT -> values.getShort() & 0xFFFF;
            case LONG, DIRECTORY -> values.getInt() & 0xFFFFFFFFL;
            case LONG8, DIRECTORY8 -> values.getLong();
            case BYTE, UNDEFINED -> values.get() & 0xFF;
            default -> throw new IOException("the file is damaged: " + tag + " is no whole number");
          };
    }
    return numbers;
  }

  /** Returns the text of a field, empty where it is not there. */
  String text(TiffTag tag) throws IOException {
    Field field = fields.get(tag.number());
    if (field == null || field.type() != ASCII || field.count() > MOST_VALUES) {
      return "";
    }
    byte[] text = bytes.at(field.position(), field.count()).array();
    return new String(text, StandardCharsets.ISO_8859_1).replace("\0", "");
  }
}
