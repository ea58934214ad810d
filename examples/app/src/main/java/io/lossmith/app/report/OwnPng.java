package io.lossmith.app.report;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** PNG files that name their program, so that a later run knows which it may remove. */
final class OwnPng {
  private static final String KEYWORD = "Software";
  private static final String PROGRAM = "Lossmith";
  private static final String CHUNK = "tEXt" + KEYWORD + "\0" + PROGRAM;
  private static final String STANDARD = "javax_imageio_1.0";
  private static final int HEAD = 1024; // the chunk stands before the pixels

  private OwnPng() {}

  /** Writes a picture. */
  static void write(Path file, BufferedImage drawn) {
    AtomicFile.write(file, out -> write(drawn, out));
  }

  private static void write(BufferedImage drawn, OutputStream bytes) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(drawn), null);
    IIOMetadataNode entry = new IIOMetadataNode("TextEntry");
    entry.setAttribute("keyword", KEYWORD);
    entry.setAttribute("value", PROGRAM);
    IIOMetadataNode text = new IIOMetadataNode("Text");
    text.appendChild(entry);
    IIOMetadataNode root = new IIOMetadataNode(STANDARD);
    root.appendChild(text);
    metadata.mergeTree(STANDARD, root);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(drawn, null, metadata));
    } finally {
      writer.dispose();
    }
  }

  /**
   * Removes those in a folder and in the folders within, and folders that are empty then; nothing
   * else, since users put files of their own anywhere.
   *
   * @throws BadInput if one cannot be removed
   */
  static void removeAll(Path folder) {
    try {
      for (Path file : found(folder.toRealPath())) {
        AtomicFile.delete(file);
        removeIfEmpty(folder.toRealPath(), file.getParent());
      }
    } catch (IOException | UncheckedIOException e) {
      IOException reason = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw new BadInput(folder + ": cannot be cleared; " + Reasons.of(reason) + ".", e);
    }
  }

  private static List<Path> found(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(OwnPng::isOne).toList();
    }
  }

  private static void removeIfEmpty(Path top, Path folder) throws IOException {
    for (Path at = folder; !at.equals(top); at = at.getParent()) {
      try {
        Files.delete(at);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  private static boolean isOne(Path file) {
    if (!file.toString().endsWith(".png")
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains(CHUNK);
    } catch (IOException e) {
      return false; // what cannot be read is not known to be ours
    }
  }
}
