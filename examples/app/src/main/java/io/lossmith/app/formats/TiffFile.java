package io.lossmith.app.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An open TIFF. */
final class TiffFile implements PictureFile {
  private static final long SMALLER = 1; // a copy in fewer pixels
  private static final long MASK = 4; // transparency of another picture

  private final Path path;
  private final FileChannel channel;
  private final List<Plane> planes = new ArrayList<>();
  private final TiffSeries series;

  /** A directory's number, and how far from it the numbers stand that it describes. */
  private record Plane(int number, TiffDirectory fields, long offset) {}

  TiffFile(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path);
    try {
      List<TiffDirectory> all = TiffDirectory.all(TiffBytes.of(channel));
      for (int i = 0; i < all.size(); i++) {
        if ((all.get(i).number(TiffTag.SUBFILE_TYPE, 0) & (SMALLER | MASK)) == 0) {
          planes.add(new Plane(i, all.get(i), 0));
        }
      }
      if (planes.isEmpty()) {
        planes.add(new Plane(0, all.get(0), 0));
      }
      this.series = TiffSeries.of(planes.get(0).fields(), planes.size());
      addPlanesWithoutDirectory();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** ImageJ describes only the first plane of very large files; the others follow it. */
  private void addPlanesWithoutDirectory() throws IOException {
    if (series.planes() > 1 && planes.size() == 1) {
      Plane first = planes.get(0);
      TiffPicture picture = new TiffPicture(first.fields());
      if (picture.compression != 1) {
        throw new NotRead("has no directory for each of its pictures; save it anew");
      }
      long bytes = TiffDecoder.bytesOf(picture);
      for (int i = 1; i < series.planes(); i++) {
        planes.add(new Plane(first.number(), first.fields(), i * bytes));
      }
    }
  }

  @Override
  public int pictures() {
    return planes.size() / channels();
  }

  private int channels() {
    return planes.size() % series.channels() == 0 ? series.channels() : 1;
  }

  @Override
  public PictureLayout layout(int picture) throws IOException {
    TiffPicture first = picture(picture * channels());
    PictureLayout layout = first.layout();
    if (first.isForJdk()) {
      try (ImageIoFile jdk = jdk(first)) {
        layout = jdk.layout(planes.get(picture * channels()).number());
      }
    } else if (channels() > 1) {
      layout =
          new PictureLayout(
              layout.width(), layout.height(), layout.type(), channels(), channels(), false);
    }
    return orientation(first).of(layout);
  }

  private TiffPicture picture(int plane) throws IOException {
    TiffPicture picture = new TiffPicture(planes.get(plane).fields());
    picture.require();
    return picture;
  }

  private static Orientation orientation(TiffPicture picture) throws IOException {
    return Orientation.of(picture.fields.number(TiffTag.ORIENTATION, 1));
  }

  @Override
  public Stored read(int picture) throws IOException {
    int from = picture * channels();
    TiffPicture first = picture(from);
    Stored stored = first.isForJdk() ? decoded(planes.get(from), first) : plain(from, first);
    return stored.upright(orientation(first));
  }

  /** Reads by the JDK, which does not see that strips end beyond the file. */
  private Stored decoded(Plane plane, TiffPicture picture) throws IOException {
    if (channels() > 1) {
      throw new NotRead("has channels in JPEG or fax codes; save it with LZW, Deflate or without");
    }
    long[] offsets = picture.segmentOffsets();
    long[] counts = picture.segmentBytes();
    for (int i = 0; i < Math.min(offsets.length, counts.length); i++) {
      picture.fields.bytes().require(offsets[i], counts[i]);
    }
    try (ImageIoFile jdk = jdk(picture)) {
      return jdk.read(plane.number());
    }
  }

  private ImageIoFile jdk(TiffPicture picture) throws IOException {
    return new ImageIoFile(path, "tiff", picture.isJpeg());
  }

  private Stored plain(int from, TiffPicture first) throws IOException {
    boolean palette = first.photometric == TiffPicture.Photometric.PALETTE;
    Samples samples = TiffDecoder.read(first, planes.get(from).offset());
    PictureLayout layout = first.layout();
    if (channels() > 1) {
      samples = joined(from, samples, layout);
      layout = new PictureLayout(layout.width(), layout.height(), layout.type(), 3, 3, false);
    }
    return new Stored(
        layout,
        samples,
        first.hasAlpha(),
        palette ? first.palette() : null,
        isWhiteZero(first),
        false,
        false);
  }

  private boolean isWhiteZero(TiffPicture picture) {
    boolean bools = series.tifffile() && !picture.fields.has(TiffTag.BITS); // of 1 bit then
    return picture.photometric == TiffPicture.Photometric.WHITE_IS_ZERO && !bools;
  }

  /** The planes of a hyperstack's channels, as red, green and blue. */
  private Samples joined(int from, Samples first, PictureLayout layout) throws IOException {
    if (channels() != 3 || layout.bands() != 1 || layout.palette()) {
      throw new NotRead(
          "has "
              + channels()
              + " channels, must have 1 or 3; save those to use as a file of their own");
    }
    Samples[] bands = {first, plane(from + 1, layout), plane(from + 2, layout)};
    return (band, x, y) -> bands[band].at(0, x, y);
  }

  private Samples plane(int plane, PictureLayout layout) throws IOException {
    TiffPicture picture = picture(plane);
    if (!picture.layout().equals(layout)) {
      throw new NotRead("has channels of different sizes or numbers; save them alike");
    }
    return TiffDecoder.read(picture, planes.get(plane).offset());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
