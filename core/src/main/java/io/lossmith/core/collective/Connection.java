package io.lossmith.core.collective;

import io.lossmith.core.engine.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The way to one other worker: a message out, and one in, at a time. */
final class Connection {
  private static final int LONGEST_REASON = 2000;
  private static final long SLEEP = 100_000;

  /** How long who leaves waits for another that takes nothing more, in nanoseconds. */
  static final long STALLED = 1_000_000_000;

  private static final String OF_ANOTHER = "collective: worker ";

  private final int rank;
  private final SocketChannel channel;
  private Message output = new Message(LONGEST_REASON);
  private Message input = new Message(LONGEST_REASON);
  private ByteBuffer out = output.bytes.limit(0);
  private ByteBuffer in = input.bytes.limit(0);
  private @Nullable Header header;
  private boolean isBegun;

  Connection(int rank, SocketChannel channel) {
    this.rank = rank;
    this.channel = channel;
  }

  int rank() {
    return rank;
  }

  /** Returns where a message's numbers are to be put; it is sent by {@link #move}. */
  Message sending(Header own, int bytes) {
    output = output.with(bytes);
    out = output.bytes;
    out.clear().limit(Header.BYTES + bytes);
    own.put(out);
    return output;
  }

  /** Expects a message, which {@link #move} receives. */
  void receiving(Header own, int bytes) {
    input = input.with(bytes);
    in = input.bytes;
    header = own;
    isBegun = false;
    in.clear().limit(Header.BYTES + bytes);
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
    if (got > 0 && !isBegun && in.position() >= Header.BYTES) {
      begin();
    }
    if (got > 0 && !in.hasRemaining() && Header.leaves(in)) {
      throw left();
    }
    return got > 0;
  }

  /** Looks at the header; the last message of who leaves has a length of its own. */
  private void begin() {
    isBegun = true;
    if (Header.leaves(in)) {
      in.limit(Header.BYTES + Math.min(Header.reason(in), LONGEST_REASON));
    } else if (header == null || !header.isThatOf(in)) {
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

  /** Who is gone has most often said why, and that was not read yet. */
  private EngineException broken(IOException why) {
    try {
      do {
        if (!in.hasRemaining()) {
          in.clear().limit(Header.BYTES);
          isBegun = false;
        }
      } while (receive()); // until it is said
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

  private EngineException left() {
    in.flip().position(Header.BYTES);
    String reason = StandardCharsets.UTF_8.decode(in).toString();
    if (reason.startsWith(OF_ANOTHER)) { // who ended first is named, not who told
      return new EngineException(reason);
    }
    return new EngineException("collective: worker " + rank + " ended: " + reason);
  }

  /** Returns the numbers that came. */
  Message received() {
    return input;
  }

  /**
   * Says why, behind what is half sent, and closes.
   *
   * @param deadline until when the other must have taken something, by {@link System#nanoTime};
   *     while it does, it has time
   */
  void leave(String reason, long deadline) {
    try (channel) {
      boolean isWhole = out.position() == 0 || !out.hasRemaining();
      if (isWhole || send(deadline)) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int bytes = Math.min(text.length, LONGEST_REASON);
        out.clear().limit(Header.BYTES + bytes);
        Header.putLeaves(out, bytes);
        out.put(Header.BYTES, text, 0, bytes);
        if (send(deadline)) { // who has just taken a message has time anew
          hearOut(isWhole ? deadline : System.nanoTime() + STALLED);
        }
      }
    } catch (IOException e) {
      // It is gone already.
    }
  }

  /** Takes what still comes: to close before that would take back what was sent. */
  private void hearOut(long deadline) throws IOException {
    channel.shutdownOutput();
    int got;
    do {
      in.clear();
      got = channel.read(in);
      if (got == 0) {
        LockSupport.parkNanos(SLEEP);
      }
    } while (got >= 0 && System.nanoTime() - deadline < 0);
  }

  private boolean send(long deadline) throws IOException {
    long limit = deadline;
    while (out.hasRemaining()) {
      if (channel.write(out) > 0) {
        limit = System.nanoTime() + STALLED;
      } else if (System.nanoTime() - limit > 0) {
        return false;
      } else {
        LockSupport.parkNanos(SLEEP);
      }
    }
    return true;
  }
}
