package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.formats.PicturesOfOthers;
import io.lossmith.app.io.BadInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTests {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void greyValuesAreNotBentByColourManagement(String ending) {
    Picture picture = read(Drawn.grey(file(ending), 2, 0, 51, 102, 255));
    assertThat(picture.channels()).isEqualTo(1);
    assertThat(picture.values()).containsExactly(0, 0.2f, 0.4f, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void sixteenBitsKeepTheirSteps(String ending) {
    Picture picture = read(Drawn.grey16(file(ending), 3, 0, 1, 65535));
    assertThat(picture.values()).containsExactly(0, 1 / 65535f, 1);
  }

  @Test
  void colourComesAsThreePlanes() {
    Picture picture = read(Drawn.colour(file("png"), 2, 0xFF0033, 0x00FF66));
    assertThat(picture.channels()).isEqualTo(3);
    assertThat(picture.values()).containsExactly(1, 0, 0, 1, 0.2f, 0.4f);
  }

  @Test
  void greyStoredAsColourIsGrey() {
    Picture picture = read(Drawn.colour(file("png"), 2, 0x333333, 0xFFFFFF));
    assertThat(picture.channels()).isEqualTo(1);
    assertThat(picture.values()).containsExactly(0.2f, 1);
  }

  @Test
  void transparencyIsLeftOut() {
    Picture picture = read(Drawn.transparent(file("png"), 2, 0x00FF0033, 0x8000FF66));
    assertThat(picture.channels()).isEqualTo(3);
    assertThat(picture.values()).containsExactly(1, 0, 0, 1, 0.2f, 0.4f);
  }

  @Test
  void aPaletteIsLookedUp() {
    int[] colours = {0x000000, 0xFF0000, 0xFFFFFF};
    Picture picture = read(Drawn.palette(file("png"), colours, 3, 2, 1, 0));
    assertThat(picture.values()).containsExactly(1, 1, 0, 1, 0, 0, 1, 0, 0);
  }

  @Test
  void jpegIsReadAboutRight() {
    int[] values = new int[256];
    Arrays.fill(values, 128);
    Picture picture = read(Drawn.grey(file("jpg"), 16, values));
    assertThat(picture.channels()).isEqualTo(1);
    assertThat(picture.values()[100]).isCloseTo(0.5f, within(0.02f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif"})
  void aCutFileIsRefusedInOneLine(String ending) throws IOException {
    int[] noise = new int[64 * 64];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = i * 7919 % 256;
    }
    Path file = Drawn.grey(file(ending), 64, noise);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({"jpg, JPEG, 1", "tif, Deflate, 1", "tif, LZW, 1", "tif, JPEG, 1", "png, Deflate, 13"})
  void aFileCutAnywhereIsNeverReadAsAnotherPicture(String ending, String compression, int rest)
      throws IOException {
    Path file = file(ending);
    writeNoise(file, compression);
    byte[] bytes = Files.readAllBytes(file);
    for (int cut = 1; cut <= 40; cut++) {
      int length = cut < 40 ? bytes.length * cut / 40 : bytes.length - rest;
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> read(file))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void aCutFileIsSaidToEndTooEarly(String ending) throws IOException {
    Path file = file(ending);
    writeNoise(file, "Deflate");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() -> read(file))
        .hasMessage(file + ": cannot be read as a picture; the file ends too early.");
  }

  @Test
  void aTiffCutWithinItsDirectoryIsRefused() throws IOException {
    int[][] fields = { // tag, type, count, value; the bits of three bands stand at the end
      {256, 3, 1, 2}, {257, 3, 1, 1}, {258, 3, 3, 118}, {259, 3, 1, 1},
      {262, 3, 1, 2}, {273, 4, 1, 110}, {277, 3, 1, 3}, {279, 4, 1, 6}
    };
    ByteBuffer bytes = ByteBuffer.allocate(124).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 8);
    for (int[] field : fields) {
      bytes.putShort((short) field[0]).putShort((short) field[1]);
      bytes.putInt(field[2]).putInt(field[3]);
    }
    bytes.position(110).put(new byte[] {-1, 0, 0, 0, 0, -1});
    bytes.position(118).putShort((short) 8).putShort((short) 8).putShort((short) 8);
    Path file = Files.write(file("tif"), bytes.array());
    assertThat(read(file).values()).containsExactly(1, 0, 0, 0, 0, 1);
    for (int rest = 1; rest <= 6; rest++) {
      Files.write(file, Arrays.copyOf(bytes.array(), 124 - rest));
      assertThatThrownBy(() -> read(file))
          .hasMessage(file + ": cannot be read as a picture; the file ends too early.");
    }
  }

  private static void writeNoise(Path file, String compression) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i * 7919 * 31337);
    }
    String name = file.toString();
    String format = name.endsWith("tif") ? "tiff" : name.substring(name.length() - 3);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType(compression);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }

  @Test
  void whatIsNoPictureIsRefused() throws IOException {
    Path text = Files.writeString(file("png"), "hello");
    assertThatThrownBy(() -> read(text))
        .hasMessageContaining("must be one of PNG, JPEG, TIFF, BMP, GIF");
    Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
    assertThatThrownBy(() -> read(empty)).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> read(folder.resolve("none.png")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aFileOfSeveralPagesIsRefused() throws IOException {
    Path file = file("tif");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int page = 0; page < 3; page++) {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        writer.writeToSequence(new IIOImage(image, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("holds 3 pictures or channels, must be 1; give --stack");
    assertThat(PictureReader.read(new Source(file, 2)).size()).isEqualTo("4 x 4");
  }

  @ParameterizedTest
  @CsvSource({
    "kind-int8.tif, 0, -60, 127",
    "kind-int16.tif, 3, -17003, 32767",
    "kind-uint32.tif, 19, 3356491776, 4294967295",
    "kind-int32.tif, 0, -1073741824, 2147483647",
    "kind-float16.tif, 1, -0.75, 1",
    "white-is-zero.tif, 1, 254, 255",
    "white-is-zero-16.tif, 1, 64536, 65535",
    "bits-12.tif, 1, 97, 4095",
    "bits-1-white-is-zero.tif, 1, 0, 1",
    "bits-1-white-is-zero.tif, 0, 1, 1"
  })
  void numbersOfAllKindsArePartsOfTheGreatest(String name, int pixel, double stored, double white) {
    Picture picture = read(PicturesOfOthers.file(name));
    assertThat(picture.value(0, pixel)).isCloseTo((float) (stored / white), within(1e-6f));
  }

  /** It says that 0 is white, and stores True as 1. */
  @ParameterizedTest
  @ValueSource(strings = {"bool", "bool-ome", "bool-mine", "bool-plain", "bool-packed"})
  void trueOfTifffileIsWhite(String name) {
    Path file = PicturesOfOthers.file(name + ".tif");
    Picture first = PictureReader.read(new Source(file, 0));
    assertThat(Arrays.copyOf(first.values(), 6)).containsExactly(0, 1, 0, 0, 1, 0);
    Picture second = PictureReader.read(new Source(file, 1));
    assertThat(Arrays.copyOf(second.values(), 6)).containsExactly(1, 0, 1, 1, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"turned-6.jpg", "turned-6.png", "turned-6.tif"})
  void picturesAreTurnedUpright(String name) {
    Picture picture = read(PicturesOfOthers.file(name));
    assertThat(picture.width()).isLessThan(picture.height());
    assertThat(picture.value(0, 0)).isGreaterThan(picture.value(0, picture.width() - 1));
  }

  private static Picture read(Path file) {
    return PictureReader.read(Source.of(file));
  }

  private Path file(String ending) {
    return folder.resolve("picture." + ending);
  }
}
