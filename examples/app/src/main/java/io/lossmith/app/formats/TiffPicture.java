package io.lossmith.app.formats;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the fields of a directory say of its picture, checked. */
final class TiffPicture {
  private static final int TRANSPARENCY = 1; // with colours multiplied by it; 2 is without
  private static final long ALL_ROWS = 0xFFFFFFFFL;

  final TiffDirectory fields;
  final int width;
  final int height;
  final int bands;
  final SampleType type;
  final Photometric photometric;
  final long compression;
  final boolean planar; // whether each band stands by itself

  /** How colours are meant, by the number in the file. */
  enum Photometric {
    WHITE_IS_ZERO(1, null),
    GREY(1, null),
    RGB(3, null),
    PALETTE(1, null),
    TRANSPARENCY_MASK(1, null),
    CMYK(4, "holds CMYK colours; save it as RGB"),
    YCBCR(3, "holds YCbCr colours; save it as RGB"),
    LAB(3, "holds Lab colours; save it as RGB");

    private final int colours;
    private final @Nullable String refused;

    Photometric(int colours, @Nullable String refused) {
      this.colours = colours;
      this.refused = refused;
    }

    static Photometric of(long number) throws IOException {
      int place = number == 8 ? LAB.ordinal() : (int) number;
      if (number < 0 || place >= values().length || number == LAB.ordinal()) {
        throw new NotRead("holds colours of kind " + number + "; save it as grey or RGB");
      }
      return values()[place];
    }

    int colours() {
      return colours;
    }
  }

  TiffPicture(TiffDirectory fields) throws IOException {
    this.fields = fields;
    this.width = size(TiffTag.WIDTH);
    this.height = size(TiffTag.HEIGHT);
    this.bands = (int) fields.number(TiffTag.SAMPLES, 1);
    this.compression = fields.number(TiffTag.COMPRESSION, 1);
    this.photometric = Photometric.of(fields.number(TiffTag.PHOTOMETRIC, bands >= 3 ? 2 : 1));
    this.planar = fields.number(TiffTag.PLANAR, 1) == 2;
    this.type = new SampleType(common(TiffTag.BITS, 1, "bits"), kind());
  }

  private int size(TiffTag tag) throws IOException {
    long size = fields.number(tag, 0);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new IOException("the file is damaged: " + tag + " is " + size);
    }
    return (int) size;
  }

  private int common(TiffTag tag, int otherwise, String what) throws IOException {
    long[] values = fields.numbers(tag);
    if (values.length == 0) {
      return otherwise;
    }
    if (Arrays.stream(values).anyMatch(value -> value != values[0])) {
      throw new NotRead(
          "has channels of different " + what + "; save all of them alike, or each as a file");
    }
    return (int) values[0];
  }

  private SampleType.Kind kind() throws IOException {
    int format = common(TiffTag.SAMPLE_FORMAT, 1, "number formats");
    return switch (format) {
      case 1, 4 -> SampleType.Kind.UNSIGNED;
      case 2 -> SampleType.Kind.SIGNED;
      case 3 -> SampleType.Kind.DECIMAL;
      default -> throw new NotRead("holds complex numbers; save their size as decimals");
    };
  }

  /** Returns whether these are bytes that the JDK's reader decodes: JPEG, or fax codes. */
  boolean isForJdk() {
    return compression >= 2 && compression <= 4 || compression == 7;
  }

  boolean isJpeg() {
    return compression == 7;
  }

  /** Says what is not read, before pixels are. */
  void require() throws IOException {
    if (!isForJdk() && !TiffCompression.isKnown(compression)) {
      throw new NotRead(
          "has " + TiffCompression.name(compression) + "; save it with LZW, Deflate or without");
    }
    boolean converted = photometric == Photometric.YCBCR && isJpeg(); // by the decoder
    if (photometric.refused != null && !converted) {
      throw new NotRead(photometric.refused);
    }
    int bits = type.bits();
    boolean whole = bits == 8 || bits == 16 || bits == 32 || bits == 64;
    boolean holds =
        switch (type.kind()) {
          case UNSIGNED -> whole || bits >= 1 && bits < 16;
          case SIGNED -> whole;
          case DECIMAL -> whole && bits > 8;
        };
    if (!holds) {
      throw new NotRead("has numbers of " + bits + " bits; save it with 8, 16 or 32");
    }
    if (photometric == Photometric.WHITE_IS_ZERO && type.isDecimal()) {
      throw new NotRead("has decimals of which 0 is white; save it with 0 as black");
    }
    long predictor = fields.number(TiffTag.PREDICTOR, 1);
    if (!TiffPredictor.isKnown(predictor, bits)) {
      throw new NotRead("has predictor " + predictor + " of " + bits + " bits; save it without");
    }
    if (fields.number(TiffTag.FILL_ORDER, 1) != 1 && !isForJdk()) {
      throw new NotRead("has its bits in reverse; save it with fill order 1");
    }
    if (extra() > 1 || extra() == 1 && !hasAlpha()) {
      throw new NotRead(
          "has "
              + bands
              + " channels, must have 1 (grey) or 3 (red, green, blue) beside transparency; save"
              + " those to use as a file of their own");
    }
    if (extra() < 0) {
      throw new IOException("the file is damaged: it has " + bands + " channels");
    }
  }

  private int extra() {
    return bands - photometric.colours();
  }

  /** Returns whether the band after the colours is transparency. */
  boolean hasAlpha() throws IOException {
    long[] extra = fields.numbers(TiffTag.EXTRA_SAMPLES);
    return extra() >= 1 && extra.length >= 1 && (extra[0] == TRANSPARENCY || extra[0] == 2);
  }

  PictureLayout layout() {
    boolean palette = photometric == Photometric.PALETTE;
    int colours = photometric.colours();
    return new PictureLayout(width, height, type, bands, colours, palette);
  }

  /** Returns the palette, 0xRRGGBB for each entry; files hold 16 bits of each, or 8 wrongly. */
  int[] palette() throws IOException {
    long[] map = fields.numbers(TiffTag.COLOUR_MAP);
    int entries = map.length / 3;
    if (entries == 0) {
      throw new IOException("the file is damaged: it has no palette");
    }
    int shift = Arrays.stream(map).allMatch(value -> value < 256) ? 0 : 8;
    int[] palette = new int[entries];
    for (int i = 0; i < entries; i++) {
      palette[i] =
          (int) (map[i] >> shift) << 16
              | (int) (map[entries + i] >> shift) << 8
              | (int) (map[2 * entries + i] >> shift);
    }
    return palette;
  }

  boolean isTiled() {
    return fields.has(TiffTag.TILE_OFFSETS);
  }

  int segmentWidth() throws IOException {
    return isTiled() ? size(TiffTag.TILE_WIDTH) : width;
  }

  int segmentHeight() throws IOException {
    return isTiled()
        ? size(TiffTag.TILE_HEIGHT)
        : (int) Math.min(height, Math.max(1, fields.number(TiffTag.STRIP_ROWS, ALL_ROWS)));
  }

  long[] segmentOffsets() throws IOException {
    return fields.numbers(isTiled() ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS);
  }

  long[] segmentBytes() throws IOException {
    return fields.numbers(isTiled() ? TiffTag.TILE_BYTES : TiffTag.STRIP_BYTES);
  }
}
