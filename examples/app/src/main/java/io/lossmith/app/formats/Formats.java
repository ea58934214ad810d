package io.lossmith.app.formats;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The formats that are read: what helps, messages and checks say of them is said here. */
public final class Formats {
  private static final List<Format> ALL =
      List.of(
          new PngFormat(), new JpegFormat(), new TiffFormat(), new BmpFormat(), new GifFormat());

  /** Pictures as people have them, by ending, which are not read. */
  private static final Map<String, String> NOT_READ =
      Map.ofEntries(
          Map.entry("webp", "WebP"),
          Map.entry("jp2", "JPEG 2000"),
          Map.entry("j2k", "JPEG 2000"),
          Map.entry("jxl", "JPEG XL"),
          Map.entry("heic", "HEIC"),
          Map.entry("heif", "HEIF"),
          Map.entry("avif", "AVIF"),
          Map.entry("dcm", "DICOM"),
          Map.entry("nii", "NIfTI"),
          Map.entry("nrrd", "NRRD"),
          Map.entry("mha", "MetaImage"),
          Map.entry("mhd", "MetaImage"),
          Map.entry("czi", "Zeiss CZI"),
          Map.entry("lif", "Leica LIF"),
          Map.entry("nd2", "Nikon ND2"),
          Map.entry("svs", "Aperio SVS"),
          Map.entry("exr", "OpenEXR"),
          Map.entry("psd", "Photoshop"),
          Map.entry("ppm", "PPM"),
          Map.entry("pgm", "PGM"),
          Map.entry("pbm", "PBM"),
          Map.entry("tga", "TGA"),
          Map.entry("svg", "SVG"));

  /** The names of all of these, as messages and help print them, which takes a constant. */
  public static final String NAMES = "PNG, JPEG, TIFF, BMP, GIF";

  private Formats() {}

  /** Returns the names of the formats that are read. */
  static List<String> names() {
    return ALL.stream().map(Format::name).toList();
  }

  /** What is asked of an open file. */
  @FunctionalInterface
  public interface Question<T> {
    /** Looks into the file. */
    T answer(PictureFile file) throws IOException;
  }

  /** Tells by its ending whether a file is a picture that can be read. */
  public static boolean isRead(Path file) {
    return ALL.stream().anyMatch(format -> format.endings().contains(ending(file)));
  }

  /** Tells by its ending whether saving a file changes what is in it. */
  public static boolean isLossy(Path file) {
    return ALL.stream()
        .anyMatch(format -> format.isLossy() && format.endings().contains(ending(file)));
  }

  /** Returns the format of a picture that cannot be read, by its ending, or null. */
  public static @Nullable String notRead(Path file) {
    return NOT_READ.get(ending(file));
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Opens a file and asks.
   *
   * @throws BadInput if it is no picture, is damaged, or of a kind that is not read
   */
  public static <T> T ask(Path file, Question<T> question) {
    if (!Files.isRegularFile(file)) {
      throw new BadInput(file + ": there is no such file.");
    }
    try (PictureFile open = format(file).open(file)) {
      return question.answer(open);
    } catch (NotRead e) {
      throw new BadInput(file + ": " + e.getMessage() + ".", e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof BadInput known) {
        throw known;
      }
      String reason = e instanceof IOException io ? Reasons.of(end(io)) : "the file is damaged";
      throw new BadInput(file + ": cannot be read as a picture; " + reason + ".", e);
    }
  }

  private static Format format(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(16);
    }
    return ALL.stream()
        .filter(format -> format.begins(head))
        .findFirst()
        .orElseThrow(
            () -> {
              String other = notRead(file);
              return new BadInput(
                  file
                      + ": is "
                      + (other == null ? "no picture that can be read" : other)
                      + ", must be one of "
                      + NAMES
                      + ".");
            });
  }

  /** Readers wrap the end of the file into words of their own. */
  private static IOException end(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException
          || String.valueOf(cause.getMessage()).matches(".*(out of stream|chunk length).*")) {
        return new EOFException();
      }
    }
    return failure;
  }
}
