package io.lossmith.app.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** PNG, 1 to 16 bits; grey, colour or palette, with or without transparency. */
final class PngFormat implements Format {
  private static final int SIGNATURE = 8; // bytes before the first chunk
  private static final int PALETTE = 0x504C5445; // PLTE
  private static final int EXIF = 0x65584966; // eXIf
  private static final int ANIMATION = 0x6163544C; // acTL

  @Override
  public String name() {
    return "PNG";
  }

  @Override
  public List<String> endings() {
    return List.of("png");
  }

  @Override
  public boolean begins(byte[] head) {
    return FirstBytes.is(head, 0x89, 'P', 'N', 'G');
  }

  @Override
  public PictureFile open(Path file) throws IOException {
    Orientation orientation = Orientation.UPRIGHT;
    int entries = 0;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long end = in.length();
      for (long at = SIGNATURE; at + 12 <= end; ) {
        in.seek(at);
        long length = in.readInt() & 0xFFFFFFFFL;
        int type = in.readInt();
        if (type == PALETTE) {
          entries = (int) Math.min(256, length / 3);
        } else if (type == ANIMATION && length >= 4) {
          requireOne(in.readInt() & 0xFFFFFFFFL);
        } else if (type == EXIF && length <= end - at) {
          byte[] exif = new byte[(int) length];
          in.readFully(exif);
          orientation = Orientation.of(TiffDirectory.orientation(exif));
        }
        at += 12 + length;
      }
    }
    return new Upright(new Png(new ImageIoFile(file, "png", false), entries), orientation);
  }

  /** The JDK's reader passes all but the first. */
  private static void requireOne(long pictures) throws NotRead {
    if (pictures > 1) {
      throw new NotRead("is an animation of " + pictures + " pictures; save each as a file");
    }
  }

  /**
   * The JDK's reader lengthens short palettes, so that entries that are not there have a colour.
   */
  private record Png(PictureFile file, int entries) implements PictureFile {
    @Override
    public int pictures() throws IOException {
      return file.pictures();
    }

    @Override
    public PictureLayout layout(int picture) throws IOException {
      return file.layout(picture);
    }

    @Override
    public Stored read(int picture) throws IOException {
      Stored stored = file.read(picture);
      int[] palette = stored.palette();
      if (palette != null && entries > 0 && entries < palette.length) {
        requireEntries(stored);
      }
      return stored;
    }

    private void requireEntries(Stored stored) throws NotRead {
      double[] row = new double[stored.width()];
      for (int y = 0; y < stored.height(); y++) {
        stored.samples().row(0, y, row);
        for (int x = 0; x < row.length; x++) {
          if (row[x] >= entries) {
            throw new NotRead(
                "pixel ("
                    + x
                    + ", "
                    + y
                    + ") is palette entry "
                    + (int) row[x]
                    + ", must be in 0.."
                    + (entries - 1)
                    + "; save it anew");
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
