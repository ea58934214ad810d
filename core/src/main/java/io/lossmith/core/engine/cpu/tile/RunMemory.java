package io.lossmith.core.engine.cpu.tile;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the buffers of a plan lie during a run, by their ids: each in an array from its beginning
 * on, or else in a buffer of the caller's, which only {@linkplain TileCompiler#staged staged} loops
 * read and write.
 *
 * @param arrays one for each, as registers have them; null in it where there is a buffer
 * @param buffers null where there is an array
 * @param starts at which index of its buffer each begins
 * @param memories the array or the memory segment in which each lies; null where none is told
 * @param places at which of their numbers each begins
 */
public record RunMemory(
    float[][][] arrays, FloatBuffer[] buffers, int[] starts, Object[] memories, int[] places) {
  /** Returns room for so many. */
  public static RunMemory of(int count) {
    return new RunMemory(
        new float[count][1][],
        new FloatBuffer[count],
        new int[count],
        new Object[count],
        new int[count]);
  }

  /** Returns the array that one lies in. */
  public float[] array(int id) {
    return arrays[id][0];
  }

  /** Has one lie in an array. */
  public void lay(int id, float[] array) {
    arrays[id][0] = array;
    buffers[id] = null;
    memories[id] = array;
    places[id] = 0;
  }

  /** Has one lie in a buffer. */
  public void lay(int id, FloatBuffer buffer, int start, @Nullable Object memory, int place) {
    arrays[id][0] = null;
    buffers[id] = buffer;
    starts[id] = start;
    memories[id] = memory;
    places[id] = place;
  }

  /** Lets go of where one lies. */
  public void forget(int id) {
    arrays[id][0] = null;
    buffers[id] = null;
    memories[id] = null;
  }
}
