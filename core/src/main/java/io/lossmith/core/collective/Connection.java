package io.lossmith.core.collective;

import io.lossmith.core.engine.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The way to one other worker: a message out, and one in, at a time. */
final class Connection {
  private static final int LONGEST_REASON = 2000;
  private static final String OF_ANOTHER = "collective: worker ";

  private final int rank;
  private final SocketChannel channel;
  private ByteBuffer out = buffer(0);
  private ByteBuffer in = buffer(0);
  private @Nullable Header header;
  private int expected;

  Connection(int rank, SocketChannel channel) {
    this.rank = rank;
    this.channel = channel;
  }

  int rank() {
    return rank;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(Header.BYTES + Math.max(bytes, LONGEST_REASON))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns where a message's numbers are to be put; it is sent by {@link #move}. */
  ByteBuffer sending(Header own, int bytes) {
    if (out.capacity() < Header.BYTES + bytes) {
      out = buffer(bytes);
    }
    out.clear().limit(Header.BYTES + bytes);
    own.put(out);
    return out;
  }

  /** Expects a message, which {@link #move} receives. */
  void receiving(Header own, int bytes) {
    if (in.capacity() < Header.BYTES + bytes) {
      in = buffer(bytes);
    }
    header = own;
    expected = bytes;
    in.clear().limit(Header.BYTES);
  }

  /** Makes what was put ready to be sent. */
  void ready() {
    out.flip();
  }

  boolean isDone() {
    return !out.hasRemaining() && !in.hasRemaining();
  }

  /** Sends and receives what can be at once; true if anything was. */
  boolean move() {
    try {
      int sent = out.hasRemaining() ? channel.write(out) : 0;
      return receive() || sent > 0;
    } catch (ClosedByInterruptException e) {
      throw new EngineException("collective: interrupted while waiting for worker " + rank, e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private boolean receive() throws IOException {
    int got = in.hasRemaining() ? channel.read(in) : 0;
    if (got < 0) {
      throw new EngineException("collective: worker " + rank + " has closed the connection");
    }
    if (got > 0 && !in.hasRemaining()) {
      if (in.position() == Header.BYTES) {
        begun();
      } else if (Header.leaves(in)) {
        throw left();
      }
    }
    return got > 0;
  }

  /** Who is gone has most often said why, and that was not read yet. */
  private EngineException broken(IOException why) {
    try {
      if (!in.hasRemaining()) {
        in.clear().limit(Header.BYTES);
        header = null;
      }
      while (receive()) {
        // until it is said
      }
    } catch (IOException e) {
      // It has not said anything.
    } catch (EngineException said) {
      if (Header.leaves(in)) {
        return said;
      }
    }
    return new EngineException(
        "collective: the connection to worker " + rank + " broke: " + why.getMessage(), why);
  }

  private void begun() {
    if (Header.leaves(in)) {
      int bytes = Math.min(Header.reason(in), LONGEST_REASON);
      in.limit(Header.BYTES + bytes);
      if (bytes == 0) {
        throw left();
      }
    } else if (header != null && header.isThatOf(in)) {
      in.limit(Header.BYTES + expected);
    } else {
      throw new EngineException(
          "collective: this worker is at "
              + header
              + ", worker "
              + rank
              + " at "
              + Header.words(in)
              + "; all must run the same program");
    }
  }

  private EngineException left() {
    in.flip().position(Header.BYTES);
    String reason = StandardCharsets.UTF_8.decode(in).toString();
    if (reason.startsWith(OF_ANOTHER)) { // who ended first is named, not who told
      return new EngineException(reason);
    }
    return new EngineException("collective: worker " + rank + " ended: " + reason);
  }

  /** Returns the numbers that came. */
  ByteBuffer received() {
    in.position(Header.BYTES);
    return in;
  }

  /** Says why, if that can be said at once, and closes. */
  void leave(String reason) {
    try (channel) {
      if (!out.hasRemaining() || out.position() == 0) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int bytes = Math.min(text.length, LONGEST_REASON);
        out.clear();
        Header.putLeaves(out, bytes);
        out.put(text, 0, bytes).flip();
        channel.write(out);
      }
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
