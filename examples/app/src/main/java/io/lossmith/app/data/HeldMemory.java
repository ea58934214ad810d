package io.lossmith.app.data;

import io.lossmith.app.formats.PictureLayout;
import io.lossmith.app.io.BadInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Tells before the first picture is read whether all that stays in memory fits. */
public final class HeldMemory {
  /** Bytes for reports, answers and the program itself, measured and rounded up. */
  private static final long APP = 64L << 20;

  /** Bytes of work for each pixel of a batch, measured and rounded up. */
  private static final long PER_BATCH_PIXEL = 1000;

  /** Bytes of work for each pixel of a window of a picture that is answered. */
  private static final long PER_WINDOW_PIXEL = 500;

  private static final long WINDOW = 512 * 512;

  private HeldMemory() {}

  /**
   * What a file says of its picture.
   *
   * @param pixels how many
   * @param kept bytes of a pixel that stay in memory
   * @param decoded bytes of a pixel while the file is read
   */
  record Header(long pixels, int kept, int decoded) {
    static Header of(PictureLayout layout) {
      int bits = PictureReader.type(layout).bits();
      int bytes = bits <= Byte.SIZE ? 1 : bits <= Short.SIZE ? 2 : 4;
      return new Header(
          (long) layout.width() * layout.height(),
          PictureReader.bands(layout) * bytes,
          layout.bands() * ((layout.type().bits() + 7) / 8));
    }
  }

  /**
   * Adds up pictures, a mask for each, and the work on a batch.
   *
   * @param batchPixels how many pixels a batch has
   * @throws BadInput if that is more than the heap; pictures of equal red, green and blue count as
   *     colour here, because only reading them would tell
   */
  public static void require(Collection<Source> pictures, long batchPixels) {
    require(headers(pictures), batchPixels, Runtime.getRuntime().maxMemory());
  }

  /** Returns the same sum, in bytes, for a program that runs elsewhere. */
  public static long needed(Collection<Source> pictures, long batchPixels) {
    return needed(headers(pictures), batchPixels);
  }

  private static List<Header> headers(Collection<Source> pictures) {
    List<Header> headers = new ArrayList<>();
    for (Source picture : pictures) {
      try {
        headers.add(Header.of(picture.layout()));
      } catch (BadInput e) {
        // Reading it says so, after what comes first.
      }
    }
    return headers;
  }

  private static long needed(List<Header> headers, long batchPixels) {
    long held = 0;
    long decoded = 0;
    long window = 0;
    for (Header header : headers) {
      held += header.pixels() * (header.kept() + 1);
      decoded = Math.max(decoded, header.pixels() * header.decoded());
      window = Math.max(window, Math.min(WINDOW, header.pixels()));
    }
    long work = batchPixels * PER_BATCH_PIXEL + window * PER_WINDOW_PIXEL;
    return held + APP + Math.max(decoded, work);
  }

  static void require(List<Header> headers, long batchPixels, long heap) {
    long needed = needed(headers, batchPixels);
    if (needed > heap) {
      throw new BadInput(
          "train: "
              + headers.size()
              + " pictures and their masks need "
              + (needed >> 20)
              + " MB of memory, the limit is "
              + (heap >> 20)
              + "; give LOSSMITH_JAVA_OPTS=-Xmx"
              + ((needed >> 30) + 1)
              + "g, or fewer or smaller pictures.");
    }
  }
}
