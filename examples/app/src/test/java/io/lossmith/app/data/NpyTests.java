package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTests {
  @TempDir private Path folder;

  @Property(tries = 40)
  void whatWasWrittenIsReadBack(@ForAll @Size(max = 4) List<@IntRange(max = 6) Integer> sizes)
      throws IOException {
    Shape shape = Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i - 2.5f;
    }
    Path file = Files.createTempFile("lossmith", ".npy");
    try {
      Npy.write(file, shape, values);
      NpyArray read = Npy.read(file);
      assertThat(read.shape()).isEqualTo(shape);
      assertThat(read.values()).isEqualTo(values);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void moreElementsThanFitInOneReadKeepTheirPlaces() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = folder.resolve("long.npy");
    Npy.write(file, Shape.of(values.length), values);
    assertThat(Npy.read(file).values()).isEqualTo(values);
  }

  @Test
  void dataStartAtAMultipleOf64Bytes() throws IOException {
    for (int rank = 0; rank < 12; rank++) {
      int[] sizes = new int[rank];
      Arrays.fill(sizes, 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Npy.write(out, Shape.of(sizes), new float[] {1});
      assertThat((out.size() - 4) % 64).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<f2, 2", ">f2, 2", "<f4, 4", ">f4, 4", "<f8, 8", ">f8, 8", "|i1, 1", "<i2, 2", ">i2, 2",
    "<i4, 4", ">i4, 4", "<i8, 8", ">i8, 8", "|u1, 1", "<u2, 2", ">u2, 2", "<u4, 4", ">u4, 4",
    "<u8, 8", ">u8, 8", "|b1, 1"
  })
  void everyNumberTypeAndByteOrderIsRead(String type, int width) throws IOException {
    ByteBuffer data =
        ByteBuffer.allocate(2 * width)
            .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int value : new int[] {0, 1}) {
      switch (type.substring(1)) {
        case "f2" -> data.putShort((short) (value * 0x3C00));
        case "f4" -> data.putFloat(value);
        case "f8" -> data.putDouble(value);
        case "i1", "u1", "b1" -> data.put((byte) value);
        case "i2", "u2" -> data.putShort((short) value);
        case "i4", "u4" -> data.putInt(value);
        default -> data.putLong(value);
      }
    }
    NpyArray read = Npy.read(npy(1, type, "False", "(2,)", data.array()));
    assertThat(read.values()).containsExactly(0, 1);
    assertThat(read.shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void unsignedNumbersStayAboveZero() throws IOException {
    byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
    assertThat(Npy.read(npy(1, "|u1", "False", "(8,)", ones)).values()).containsOnly(255);
    assertThat(Npy.read(npy(1, "<u2", "False", "(4,)", ones)).values()).containsOnly(65535);
    assertThat(Npy.read(npy(1, "<u4", "False", "(2,)", ones)).values()).containsOnly(4294967295f);
    assertThat(Npy.read(npy(1, "<u8", "False", "()", ones)).values())
        .containsExactly(18446744073709551615f);
    assertThat(Npy.read(npy(1, "<i8", "False", "()", ones)).values()).containsExactly(-1);
  }

  /** numpy.save twice into one stream: what came second would be lost without a word. */
  @Test
  void aSecondArrayInAFileIsRefused() throws IOException {
    Path file = folder.resolve("two.npy");
    Npy.write(file, Shape.of(2), new float[] {1, 2});
    byte[] one = Files.readAllBytes(file);
    Files.write(file, one, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(BadInput.class)
        .hasMessage(file + ": goes on after its array, must hold one; save each array as a file.");
  }

  @Test
  void halfPrecisionIsReadOverItsWholeRange() throws IOException {
    short[] bits = {0x0001, 0x03FF, 0x0400, 0x3555, 0x7BFF, 0x7C00, (short) 0xC000, 0x7E00};
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.asShortBuffer().put(bits);
    assertThat(Npy.read(npy(1, "<f2", "False", "(8,)", data.array())).values())
        .containsExactly(
            5.9604645e-8f,
            6.097555e-5f,
            6.1035156e-5f,
            0.33325195f,
            65504f,
            Float.POSITIVE_INFINITY,
            -2f,
            Float.NaN);
  }

  @Test
  void fortranOrderIsTurnedIntoRowMajor() throws IOException {
    byte[] columnMajor = {0, 3, 1, 4, 2, 5}; // [[0, 1, 2], [3, 4, 5]]
    assertThat(Npy.read(npy(1, "|u1", "True", "(2, 3)", columnMajor)).values())
        .containsExactly(0, 1, 2, 3, 4, 5);
    byte[] cube = {0, 4, 2, 6, 1, 5, 3, 7};
    assertThat(Npy.read(npy(1, "|u1", "True", "(2, 2, 2)", cube)).values())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyFormatVersionIsRead(int version) throws IOException {
    assertThat(Npy.read(npy(version, "|u1", "False", "(3,)", new byte[] {7, 8, 9})).values())
        .containsExactly(7, 8, 9);
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(npy(1, "<f4", "False", "(5,)", new byte[20]));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Npy.read(cut))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("cut");
    }
  }

  @Test
  void aCutFileOfHugeShapeDoesNotAskForHugeMemory() throws IOException {
    Path file = npy(1, "<f8", "False", "(1500000000,)", new byte[64]);
    assertThatThrownBy(() -> Npy.read(file))
        .hasMessageContaining("64 of 12000000000 bytes")
        .isInstanceOf(BadInput.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<c8", "|O", "<U3", "|S4", "<M8", "|V8"})
  void whatIsNoNumberIsRefused(String type) throws IOException {
    Path file = npy(1, type, "False", "(1,)", new byte[16]);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(type)
        .hasMessageContaining("must be numbers");
  }

  @Test
  void aDoubleBeyondFloatIsRefused() throws IOException {
    byte[] data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e300).array();
    Path file = npy(1, "<f8", "False", "()", data);
    assertThatThrownBy(() -> Npy.read(file)).hasMessageContaining("1.0E300");
  }

  @Test
  void whatIsNoNpyFileIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.npy"), "hello, I am text");
    assertThatThrownBy(() -> Npy.read(text)).hasMessageContaining("is not a .npy file");
    assertThatThrownBy(() -> Npy.read(folder.resolve("none.npy")))
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> Npy.read(folder)).isInstanceOf(BadInput.class);
  }

  private Path npy(int version, String type, String fortran, String shape, byte[] data)
      throws IOException {
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, fortran, shape);
    byte[] header = text.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    out.write(header.length);
    out.write(0);
    if (version > 1) {
      out.write(0);
      out.write(0);
    }
    out.write(header);
    out.write(data);
    return Files.write(folder.resolve("array.npy"), out.toByteArray());
  }
}
