package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Numbers in the middle of a larger buffer, between marks that nobody may touch. */
public final class Window {
  private static final float MARK = 77.25f;

  private final FloatBuffer memory;
  private final FloatBuffer handed;
  private final int from;
  private final int count;
  private final int position;

  private Window(FloatBuffer memory, FloatBuffer handed, int from, int count) {
    this.memory = memory;
    this.handed = handed;
    this.from = from;
    this.count = count;
    this.position = handed.position();
  }

  /** What the memory is. */
  public enum Memory {
    HEAP,
    DIRECT,
    BYTES;

    /** Returns memory of zeros. */
    public FloatBuffer allocate(int count) {
      return switch (this) {
        case HEAP -> FloatBuffer.allocate(count);
        case DIRECT -> floats(ByteBuffer.allocateDirect(Float.BYTES * count));
        case BYTES -> floats(ByteBuffer.allocate(Float.BYTES * count));
      };
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
      return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
  }

  /** How a part of the memory is handed in. */
  public enum Way {
    POSITION,
    SLICE,
    SLICE_AND_POSITION,
    READ_ONLY,
    READ_ONLY_SLICE;

    /** Returns a buffer whose numbers from position to limit are those of a part. */
    public FloatBuffer part(FloatBuffer memory, int from, int count) {
      int before = this == SLICE || this == READ_ONLY_SLICE ? from : from / 2;
      FloatBuffer base =
          this == POSITION || this == READ_ONLY
              ? memory.duplicate().position(from).limit(from + count)
              : memory
                  .slice(before, memory.capacity() - before)
                  .position(from - before)
                  .limit(from - before + count);
      return isReadOnly() ? base.asReadOnlyBuffer() : base;
    }

    /** Tells whether nobody can write to what is handed in. */
    public boolean isReadOnly() {
      return this == READ_ONLY || this == READ_ONLY_SLICE;
    }
  }

  /** Puts numbers somewhere. */
  public static Window of(Memory memory, Way way, int from, float[] numbers) {
    FloatBuffer all = memory.allocate(from + numbers.length + 3);
    for (int i = 0; i < all.capacity(); i++) {
      all.put(i, MARK);
    }
    all.put(from, numbers);
    return new Window(all, way.part(all, from, numbers.length), from, numbers.length);
  }

  /** Puts numbers anywhere, at the beginning of the memory now and then. */
  public static Window anywhere(Random random, float[] numbers, boolean written) {
    Way way = Way.values()[random.nextInt(Way.values().length)];
    return of(
        Memory.values()[random.nextInt(Memory.values().length)],
        written && way.isReadOnly() ? Way.SLICE : way,
        Math.max(0, random.nextInt(20) - 4),
        numbers);
  }

  /** Returns the buffer to be handed in. */
  public FloatBuffer buffer() {
    return handed;
  }

  /** Returns the numbers. */
  public float[] numbers() {
    float[] numbers = new float[count];
    memory.get(from, numbers);
    return numbers;
  }

  /** Fails if anything around the numbers, position or limit changed. */
  public void requireNothingElseChanged() {
    for (int i = 0; i < memory.capacity(); i++) {
      if ((i < from || i >= from + count) && memory.get(i) != MARK) {
        assertThat(memory.get(i)).as("number %d, outside of the window", i - from).isEqualTo(MARK);
      }
    }
    assertThat(handed.position()).isEqualTo(position);
    assertThat(handed.limit()).isEqualTo(position + count);
  }

  /** Runs a program on buffers of any kind; results have the bits that arrays gave. */
  public static void requireSameBits(
      Program program, float[][] inputs, float[][] want, Random random) {
    List<Window> read = new ArrayList<>();
    List<Window> written = new ArrayList<>();
    for (float[] input : inputs) {
      read.add(anywhere(random, input, false));
    }
    for (float[] output : want) {
      float[] before = new float[output.length];
      Arrays.fill(before, MARK);
      written.add(anywhere(random, before, true));
    }
    program.run(buffers(read), buffers(written));
    for (int i = 0; i < want.length; i++) {
      assertThat(Arrays.equals(written.get(i).numbers(), want[i]))
          .as("output %d, in %s, of %s", i, written.get(i), read)
          .isTrue();
      written.get(i).requireNothingElseChanged();
    }
    for (int i = 0; i < inputs.length; i++) {
      assertThat(Arrays.equals(read.get(i).numbers(), inputs[i])).as("input %d", i).isTrue();
      read.get(i).requireNothingElseChanged();
    }
  }

  private static FloatBuffer[] buffers(List<Window> windows) {
    return windows.stream().map(Window::buffer).toArray(FloatBuffer[]::new);
  }

  @Override
  public String toString() {
    return handed + " at " + from;
  }
}
