package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskReaderTests {
  private static final MaskReader ONE_CLASS = new MaskReader(1, false, Set.of());
  private static final MaskReader THREE_CLASSES = new MaskReader(3, false, Set.of());

  @TempDir private Path folder;

  @Test
  void overHalfIsForeground() {
    Path file = Drawn.grey(file(), 4, 0, 127, 128, 255);
    assertThat(ONE_CLASS.read(file).labels()).containsExactly(0, 0, 1, 1);
    assertThat(new MaskReader(1, true, Set.of()).read(file).labels()).containsExactly(1, 1, 0, 0);
  }

  @Test
  void sixteenBitsAreHalvedAtTheirOwnHalf() {
    assertThat(ONE_CLASS.read(Drawn.grey16(file(), 2, 32767, 32768)).labels())
        .containsExactly(0, 1);
  }

  @Test
  void anyBrightColourIsForeground() {
    int[] colours = {0x000000, 0x00FF00, 0x400000};
    assertThat(ONE_CLASS.read(Drawn.palette(file(), colours, 3, 0, 1, 2)).labels())
        .containsExactly(0, 1, 0);
  }

  @Test
  void classesAreStoredNumbersOrPaletteIndices() {
    int[] colours = {0x000000, 0xFF0000, 0x00FF00};
    assertThat(THREE_CLASSES.read(Drawn.grey(file(), 3, 0, 1, 2)).labels())
        .containsExactly(0, 1, 2);
    assertThat(THREE_CLASSES.read(Drawn.grey16(file(), 3, 0, 1, 2)).labels())
        .containsExactly(0, 1, 2);
    assertThat(THREE_CLASSES.read(Drawn.palette(file(), colours, 3, 0, 1, 2)).labels())
        .containsExactly(0, 1, 2);
    assertThat(THREE_CLASSES.read(Drawn.colour(file(), 2, 0x020202, 0x010101)).labels())
        .containsExactly(2, 1);
  }

  @Test
  void aClassBeyondTheClassesIsRefusedWithItsPlace() {
    Path file = Drawn.grey(file(), 2, 0, 1, 2, 3);
    assertThatThrownBy(() -> THREE_CLASSES.read(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("pixel (1, 1) is 3, must be a class in 0..2");
    Path deep = Drawn.grey16(file(), 1, 300);
    assertThatThrownBy(() -> new MaskReader(200, false, Set.of()).read(deep))
        .hasMessageContaining("is 300");
  }

  @Test
  void anIgnoredLabelMayStandInAMask() {
    Mask mask = new MaskReader(3, false, Set.of(255)).read(Drawn.grey(file(), 2, 2, 255));
    assertThat(mask.label(1)).isEqualTo(255);
  }

  @Test
  void aColourIsNoClass() {
    Path file = Drawn.colour(file(), 2, 0x010101, 0x010201);
    assertThatThrownBy(() -> THREE_CLASSES.read(file))
        .hasMessageContaining("pixel (1, 0) is a colour");
  }

  private Path file() {
    return folder.resolve("mask.png");
  }
}
