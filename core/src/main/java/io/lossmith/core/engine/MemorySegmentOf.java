package io.lossmith.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code MemorySegment} of a direct buffer, from which vectors are loaded straight. Such are
 * part of Java from 22 on, so nothing here names their class. It is held weakly, for it holds the
 * caller's memory, and made once for a buffer that comes again.
 */
final class MemorySegmentOf {
  private static final int SINCE = 22;
  private static final MethodType MAKER = MethodType.methodType(Object.class, FloatBuffer.class);
  private static final @Nullable MethodHandle OF_BUFFER = find();

  private WeakReference<Object> before = new WeakReference<>(null);

  /** Marks that the next buffer is another than the one before. */
  void forget() {
    before.clear();
  }

  /** Returns all of the buffer, wherever its position is; null where Java has no segments. */
  @Nullable Object all(FloatBuffer direct) {
    MethodHandle of = OF_BUFFER;
    if (of == null) {
      return null;
    }
    Object known = before.get();
    if (known == null) {
      known = make(of, direct);
      before = new WeakReference<>(known);
    }
    return known;
  }

  private static Object make(MethodHandle of, FloatBuffer direct) {
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
