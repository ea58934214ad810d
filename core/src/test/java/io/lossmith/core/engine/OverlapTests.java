package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.Window.Memory;
import io.lossmith.core.engine.Window.Way;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Memory that two buffers, or a buffer and an array, have in common is found. */
class OverlapTests {
  private static final int SIZE = 40;

  private static Handed handed(FloatBuffer buffer) {
    Handed handed = new Handed(0);
    handed.set(buffer);
    return handed;
  }

  private static Handed handed(float[] array) {
    Handed handed = new Handed(0);
    handed.set(array);
    return handed;
  }

  private static FloatBuffer counted(Memory memory) {
    FloatBuffer numbers = memory.allocate(SIZE);
    for (int i = 0; i < SIZE; i++) {
      numbers.put(i, i % 3 == 0 ? Float.NaN : i % 5);
    }
    return numbers;
  }

  private static void requireUnchanged(FloatBuffer numbers) {
    FloatBuffer fresh = counted(Memory.HEAP);
    for (int i = 0; i < SIZE; i++) {
      assertThat(Float.floatToRawIntBits(numbers.get(i)))
          .as("number %d", i)
          .isEqualTo(Float.floatToRawIntBits(fresh.get(i)));
    }
  }

  @Property
  void partsOfOneMemoryOverlapWhereTheyMeet(
      @ForAll Memory memory,
      @ForAll Way written,
      @ForAll Way read,
      @ForAll @IntRange(max = 20) int from,
      @ForAll @IntRange(max = 20) int count,
      @ForAll @IntRange(max = 20) int otherFrom,
      @ForAll @IntRange(max = 20) int otherCount) {
    FloatBuffer all = counted(memory);
    Handed output = handed((written.isReadOnly() ? Way.SLICE : written).part(all, from, count));
    Handed input = handed(read.part(all, otherFrom, otherCount));
    boolean meet = Math.max(from, otherFrom) < Math.min(from + count, otherFrom + otherCount);
    assertThat(output.overlaps(input)).isEqualTo(meet);
    requireUnchanged(all);
  }

  @Property
  void partsOfTwoMemoriesNeverOverlap(
      @ForAll Memory memory,
      @ForAll Memory other,
      @ForAll Way read,
      @ForAll @IntRange(max = 20) int from,
      @ForAll @IntRange(max = 20) int otherFrom) {
    FloatBuffer all = counted(memory);
    FloatBuffer others = counted(other);
    Handed output = handed(Way.POSITION.part(all, from, 20));
    assertThat(output.overlaps(handed(read.part(others, otherFrom, 20)))).isFalse();
    requireUnchanged(all);
    requireUnchanged(others);
  }

  @Property
  void anArrayOverlapsBuffersOnIt(@ForAll Way way, @ForAll @IntRange(max = 39) int from) {
    FloatBuffer all = counted(Memory.HEAP);
    Handed buffer = handed(way.part(all, from, SIZE - from));
    assertThat(handed(all.array()).overlaps(buffer)).isTrue();
    assertThat(handed(all.array().clone()).overlaps(buffer)).isFalse();
    if (!way.isReadOnly()) {
      assertThat(buffer.overlaps(handed(all.array()))).isTrue();
      assertThat(buffer.overlaps(handed(all.array().clone()))).isFalse();
    }
    requireUnchanged(all);
  }

  @Test
  void numbersThatBeginWithinOthersOverlapThem() {
    for (ByteBuffer bytes :
        new ByteBuffer[] {ByteBuffer.allocate(40), ByteBuffer.allocateDirect(40)}) {
      FloatBuffer even = bytes.slice(4, 12).order(ByteOrder.nativeOrder()).asFloatBuffer();
      FloatBuffer odd = bytes.slice(14, 12).order(ByteOrder.nativeOrder()).asFloatBuffer();
      FloatBuffer apart = bytes.slice(18, 12).order(ByteOrder.nativeOrder()).asFloatBuffer();
      assertThat(handed(even).overlaps(handed(odd))).isTrue();
      assertThat(handed(odd).overlaps(handed(even))).isTrue();
      assertThat(handed(even).overlaps(handed(apart))).isFalse();
    }
  }
}
