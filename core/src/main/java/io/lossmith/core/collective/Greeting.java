package io.lossmith.core.collective;

import io.lossmith.core.engine.EngineException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * What two workers say to each other first. Each proves that it knows the token by answering a
 * question; before that nothing of what a stranger sends is looked at, and it is of a fixed length.
 */
final class Greeting {
  /** Another number for each way of talking. */
  private static final int PROTOCOL = 1;

  private static final int LONGEST = 1 << 16;

  private final int rank;
  private final int size;
  private final Token token;
  private final String agreement;

  Greeting(int rank, int size, Token token, String agreement) {
    this.rank = rank;
    this.size = size;
    this.token = token;
    this.agreement = agreement;
  }

  /** A caller does not know the token. */
  static final class Stranger extends IOException {
    private static final long serialVersionUID = 1L;

    Stranger() {
      super("does not know the token");
    }
  }

  /** Greets the worker who was called. */
  void caller(Socket socket, int called) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] question = Token.question();
    out.write(token.answer(read(in, Token.QUESTION)));
    out.write(question);
    out.flush();
    if (!token.isAnswer(question, read(in, Token.ANSWER))) {
      throw new Stranger();
    }
    say(out);
    requireLike(called, hear(in));
  }

  /** Greets a worker who calls, and returns its rank. */
  int called(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] question = Token.question();
    out.write(question);
    out.flush();
    byte[] answer = read(in, Token.ANSWER);
    byte[] asked = read(in, Token.QUESTION);
    if (!token.isAnswer(question, answer)) {
      throw new Stranger();
    }
    out.write(token.answer(asked));
    say(out);
    Words other = hear(in);
    if (other.rank() <= rank || other.rank() >= size) {
      throw new EngineException(
          "collective: a worker says that it is number "
              + other.rank()
              + ", must be "
              + (rank + 1)
              + ".."
              + (size - 1)
              + " to call worker "
              + rank);
    }
    requireLike(other.rank(), other);
    return other.rank();
  }

  private record Words(int protocol, int rank, int size, String agreement) {}

  private static byte[] read(DataInputStream in, int bytes) throws IOException {
    byte[] all = new byte[bytes];
    in.readFully(all);
    return all;
  }

  private void say(DataOutputStream out) throws IOException {
    byte[] text = agreement.getBytes(StandardCharsets.UTF_8);
    out.writeInt(PROTOCOL);
    out.writeInt(rank);
    out.writeInt(size);
    out.writeInt(text.length);
    out.write(text);
    out.flush();
  }

  private static Words hear(DataInputStream in) throws IOException {
    int protocol = in.readInt();
    int rank = in.readInt();
    int size = in.readInt();
    int bytes = in.readInt();
    if (bytes < 0 || bytes > LONGEST) {
      throw new IOException("says something of " + bytes + " bytes");
    }
    return new Words(protocol, rank, size, new String(read(in, bytes), StandardCharsets.UTF_8));
  }

  private void requireLike(int expected, Words other) {
    require(other.protocol() == PROTOCOL, expected, "version " + other.protocol(), "" + PROTOCOL);
    require(other.rank() == expected, expected, "number " + other.rank(), "" + expected);
    require(other.size() == size, expected, other.size() + " workers", size + "");
    require(
        other.agreement().equals(agreement),
        expected,
        "\"" + other.agreement() + "\"",
        "\"" + agreement + "\" as worker " + rank + " is");
  }

  private static void require(boolean holds, int worker, String is, String must) {
    if (!holds) {
      throw new EngineException(
          "collective: worker " + worker + " was started with " + is + ", must be " + must);
    }
  }
}
