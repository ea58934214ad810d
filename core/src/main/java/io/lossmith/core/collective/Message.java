package io.lossmith.core.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Room for a message outside of the heap, and the ways to its numbers, which are made once. */
final class Message {
  /** The whole of it, header first. */
  final ByteBuffer bytes;

  /** The numbers behind the header, where they are floats. */
  final FloatBuffer floats;

  /** The numbers behind the header, where they are doubles. */
  final DoubleBuffer doubles;

  /** Makes room for so many bytes of numbers. */
  Message(int room) {
    bytes = ByteBuffer.allocateDirect(Header.BYTES + room).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer numbers = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(Header.BYTES);
    floats = numbers.asFloatBuffer();
    doubles = numbers.asDoubleBuffer();
  }

  /** Returns room for so many bytes of numbers: this one, if it has that. */
  Message with(int room) {
    return bytes.capacity() < Header.BYTES + room ? new Message(room) : this;
  }
}
