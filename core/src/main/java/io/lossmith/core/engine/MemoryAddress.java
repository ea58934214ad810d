package io.lossmith.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.FloatBuffer;

/**
 * Where buffers lie, in bytes: outside of the heap in the process's memory, on the heap from the
 * beginning of their array. From Java 22 on {@code MemorySegment} tells; before, the field that
 * {@code Unsafe} reads. Where neither does (an image without {@code jdk.unsupported}), an address
 * is the position alone, so that at least the same place of the same memory is found.
 */
final class MemoryAddress {
  private static final MethodType READER = MethodType.methodType(long.class, FloatBuffer.class);
  private static final Way WAY = find();

  /** The address of every array of floats. */
  static final long OF_ARRAYS = of(FloatBuffer.allocate(1));

  private MemoryAddress() {}

  /**
   * How an address is found.
   *
   * @param reader reads a number of a buffer
   * @param step what each element before the position adds to it
   */
  private record Way(MethodHandle reader, long step) {}

  /** Returns the address of the number at a buffer's position. */
  static long of(FloatBuffer buffer) {
    try {
      return (long) WAY.reader.invokeExact(buffer) + WAY.step * buffer.position();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the address of a buffer cannot be read", e);
    }
  }

  private static Way find() {
    try {
      return ofSegments();
    } catch (ReflectiveOperationException noSegments) {
      try {
        return ofFields();
      } catch (Throwable noFields) {
        return new Way(
            MethodHandles.dropArguments(
                MethodHandles.constant(long.class, 0L), 0, FloatBuffer.class),
            Float.BYTES);
      }
    }
  }

  private static Way ofSegments() throws ReflectiveOperationException {
    Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle of =
        lookup.findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class));
    MethodHandle address =
        lookup.findVirtual(segment, "address", MethodType.methodType(long.class));
    return new Way(MethodHandles.filterReturnValue(of, address).asType(READER), 0);
  }

  private static Way ofFields() throws Throwable {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field only = type.getDeclaredField("theUnsafe");
    only.setAccessible(true);
    Object unsafe = only.get(null);
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle place =
        lookup.findVirtual(
            type, "objectFieldOffset", MethodType.methodType(long.class, Field.class));
    MethodHandle read =
        lookup.findVirtual(
            type, "getLong", MethodType.methodType(long.class, Object.class, long.class));
    Object address = place.invoke(unsafe, Buffer.class.getDeclaredField("address"));
    return new Way(
        MethodHandles.insertArguments(read, 2, address).bindTo(unsafe).asType(READER), Float.BYTES);
  }
}
