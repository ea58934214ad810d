package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.data.HeldMemory.Header;
import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldMemoryTests {
  private static final long BATCH = 8 * 128 * 128;
  private static final Header LARGE = new Header(4000 * 4000, 3, 3);

  @TempDir private Path folder;

  @Test
  void eightLargeColourPicturesFitInOneGigabyte() {
    List<Header> eight = Collections.nCopies(8, LARGE);
    assertThatCode(() -> HeldMemory.require(eight, BATCH, 1L << 30)).doesNotThrowAnyException();
  }

  @Test
  void whatDoesNotFitIsSaidWithTheWayOut() {
    List<Header> forty = Collections.nCopies(40, LARGE);
    assertThatThrownBy(() -> HeldMemory.require(forty, BATCH, 1L << 30))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "train: 40 pictures and their masks need 2755 MB of memory, the limit is 1024; give"
                + " LOSSMITH_JAVA_OPTS=-Xmx3g, or fewer or smaller pictures.");
  }

  @Test
  void filesSayHowMuchTheyWillTake() {
    int[] two = {1, 2};
    assertThat(header(Drawn.grey(file("a.png"), 2, two))).isEqualTo(new Header(2, 1, 1));
    assertThat(header(Drawn.grey(file("a.jpg"), 2, two))).isEqualTo(new Header(2, 1, 1));
    assertThat(header(Drawn.grey16(file("b.tif"), 1, two))).isEqualTo(new Header(2, 2, 2));
    assertThat(header(Drawn.colour(file("c.png"), 2, two))).isEqualTo(new Header(2, 3, 3));
    assertThat(header(Drawn.transparent(file("d.png"), 2, two))).isEqualTo(new Header(2, 3, 4));
    assertThat(header(Drawn.palette(file("e.png"), new int[3], 2, two)))
        .isEqualTo(new Header(2, 3, 1));
  }

  @Test
  void picturesStayAsSmallAsTheirFiles() {
    assertThat(PictureReader.read(Source.of(Drawn.colour(file("c.png"), 1, 0xFF0000))).levels())
        .isInstanceOf(Levels.Bytes.class);
    assertThat(PictureReader.read(Source.of(Drawn.grey16(file("b.tif"), 1, 9))).levels())
        .isInstanceOf(Levels.Shorts.class);
    Picture grey = PictureReader.read(Source.of(Drawn.grey(file("a.png"), 2, 51, 255)));
    Picture shared = grey.withChannels(3).scaled(new Scale(0, 0.5f));
    assertThat(shared.levels()).isSameAs(grey.levels());
    assertThat(shared.values()).containsExactly(0.4f, 2, 0.4f, 2, 0.4f, 2);
    assertThat(shared.value(2, 1)).isEqualTo(2);
  }

  private static Header header(Path file) {
    return Header.of(Source.of(file).layout());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
