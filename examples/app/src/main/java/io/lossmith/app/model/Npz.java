package io.lossmith.app.model;

import io.lossmith.app.data.Npy;
import io.lossmith.app.data.NpyArray;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.app.io.NoFile;
import io.lossmith.app.io.Reasons;
import io.lossmith.core.Shape;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .npz} file: a zip that NumPy opens, with one {@code .npy} for each array, and a
 * description in JSON before them. The same content gives the same bytes.
 */
final class Npz implements AutoCloseable {
  /** The earliest time that a zip can name: files differ by what is in them alone. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path file;
  private final NpzFormat format;
  private final ZipFile zip;

  /**
   * An array on its way into a file.
   *
   * @param name what it is called
   * @param shape its sizes
   * @param values its elements, row-major
   */
  record Entry(String name, Shape shape, float[] values) {}

  private Npz(Path file, NpzFormat format, ZipFile zip) {
    this.file = file;
    this.format = format;
    this.zip = zip;
  }

  /** Writes a file; it is whole or not there. */
  static void write(
      Path file, NpzFormat format, Map<String, Object> description, List<Entry> arrays) {
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.putNextEntry(entry(format.entry()));
          zip.write(Json.writePretty(description).getBytes(StandardCharsets.UTF_8));
          zip.closeEntry();
          for (Entry array : arrays) {
            zip.putNextEntry(entry(array.name() + ".npy"));
            Npy.write(zip, array.shape(), array.values());
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    return entry;
  }

  /**
   * Opens a file.
   *
   * @throws BadInput if there is none, or it is no zip, or a cut one
   */
  static Npz open(Path file, NpzFormat format) {
    if (!Files.isRegularFile(file)) {
      throw NoFile.at(
          file,
          "there is no such file, must be " + format.what(),
          (Files.isDirectory(file) ? "is a folder" : "is no plain file")
              + ", must be "
              + format.what());
    }
    try {
      return new Npz(file, format, new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new BadInput(
          file
              + (beginsAsZip(file) ? ": is cut or damaged" : ": is no zip")
              + ", must be "
              + format.what()
              + " as train writes it; "
              + format.remedy()
              + ".",
          e);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }

  private static boolean beginsAsZip(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads the description, of this format and a version that is known. */
  Fields description() {
    byte[] text = bytes(format.entry());
    if (text == null) {
      for (NpzFormat other : NpzFormat.values()) {
        if (zip.getEntry(other.entry()) != null) {
          throw new BadInput(
              file + ": is " + other.what() + ", must be " + format.what() + "; " + format.hint());
        }
      }
      throw bad("has no " + format.entry() + " in it, must be " + format.what());
    }
    try {
      Object value = Json.read(new String(text, StandardCharsets.UTF_8));
      Fields fields = new Fields(file + ": " + format.entry(), value, format.remedy());
      format.check(file, fields.text("format"));
      return fields;
    } catch (IOException e) {
      throw bad(format.entry() + " in it " + e.getMessage());
    }
  }

  /** Reads an array that must be there, of a shape, and of numbers alone. */
  float[] array(String name, Shape shape) {
    byte[] bytes = bytes(name + ".npy");
    if (bytes == null) {
      throw bad("has no array " + name);
    }
    NpyArray array = parsed(name, bytes);
    if (!array.shape().equals(shape)) {
      throw bad("array " + name + " has shape " + array.shape() + ", must be " + shape);
    }
    for (int i = 0; i < array.values().length; i++) {
      if (!Float.isFinite(array.values()[i])) {
        throw bad(
            "array "
                + name
                + " has "
                + array.values()[i]
                + " at element "
                + i
                + ", must be numbers");
      }
    }
    return array.values();
  }

  private NpyArray parsed(String name, byte[] bytes) {
    try {
      return Npy.read(file + ": array " + name, new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw bad("array " + name + " cannot be read (" + Reasons.of(e) + ")");
    }
  }

  /** Returns what an entry holds, or null if there is no such entry; its checksum must hold. */
  private byte @Nullable [] bytes(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (CheckedInputStream in =
        new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry)), new CRC32())) {
      byte[] bytes = in.readAllBytes();
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw bad("is damaged: " + name + " in it is not what was written");
      }
      return bytes;
    } catch (IOException e) {
      throw bad("is damaged: " + name + " in it cannot be read (" + Reasons.of(e) + ")");
    }
  }

  private BadInput bad(String text) {
    return new BadInput(file + ": " + text + "; " + format.remedy() + ".");
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // Everything was read already.
    }
  }
}
