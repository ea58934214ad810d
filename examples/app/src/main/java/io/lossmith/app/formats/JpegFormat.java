package io.lossmith.app.formats;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** JPEG, grey or colour. */
final class JpegFormat implements Format {
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int APP1 = 0xE1;
  private static final int SCAN = 0xDA;

  /** Tells whether a segment describes a frame; three numbers among these are tables. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  @Override
  public String name() {
    return "JPEG";
  }

  @Override
  public List<String> endings() {
    return List.of("jpg", "jpeg");
  }

  @Override
  public boolean isLossy() {
    return true;
  }

  @Override
  public boolean begins(byte[] head) {
    return FirstBytes.is(head, 0xFF, 0xD8, 0xFF);
  }

  @Override
  public PictureFile open(Path file) throws IOException {
    Orientation orientation = Orientation.UPRIGHT;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(2);
      for (int marker = marker(in); marker != SCAN; marker = marker(in)) {
        byte[] segment = new byte[Math.max(0, in.readUnsignedShort() - 2)];
        in.readFully(segment);
        if (isFrame(marker) && segment.length > 5 && segment[5] == 4) {
          throw new NotRead("is a CMYK JPEG, must be grey or RGB; save it as RGB");
        }
        if (marker == APP1 && Arrays.equals(Arrays.copyOf(segment, EXIF.length), EXIF)) {
          orientation =
              Orientation.of(
                  TiffDirectory.orientation(
                      Arrays.copyOfRange(segment, EXIF.length, segment.length)));
        }
      }
    }
    return new Upright(new ImageIoFile(file, "jpeg", isLossy()), orientation);
  }

  /** Returns the next segment's marker, after as many fill bytes as there are. */
  private static int marker(RandomAccessFile in) throws IOException {
    int value = in.read();
    while (value == 0xFF) {
      value = in.read();
    }
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }
}
