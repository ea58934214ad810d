package io.lossmith.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code MemorySegment}s of direct buffers, from which vectors are loaded straight. They are
 * part of Java from 22 on, so nothing here names their class.
 */
final class MemorySegments {
  private static final int SINCE = 22;
  private static final MethodType MAKER = MethodType.methodType(Object.class, FloatBuffer.class);
  private static final @Nullable MethodHandle OF_BUFFER = find();

  private MemorySegments() {}

  /** Returns all of a direct buffer, wherever its position is; null where Java has no segments. */
  static @Nullable Object of(FloatBuffer direct) {
    MethodHandle of = OF_BUFFER;
    if (of == null) {
      return null;
    }
    try {
      return (Object) of.invokeExact(direct.duplicate().clear());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the memory of a buffer cannot be read", e);
    }
  }

  private static @Nullable MethodHandle find() {
    if (Runtime.version().feature() < SINCE) {
      return null;
    }
    try {
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      return MethodHandles.publicLookup()
          .findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class))
          .asType(MAKER);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
