package io.lossmith.core.collective;

import io.lossmith.core.engine.EngineException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where workers meet: each calls those of lower rank, and waits for the calls of the others. */
final class Door {
  /** How long a caller may take for its greeting: strangers must not keep workers out. */
  private static final int GREETING_MS = 5000;

  private static final long AGAIN_MS = 50;

  private final int rank;
  private final List<InetSocketAddress> workers;
  private final Greeting greeting;
  private final Waiting waiting;
  private final Map<Integer, SocketChannel> met = new TreeMap<>();
  private @Nullable EngineException failure;

  Door(int rank, List<InetSocketAddress> workers, Token token, String agreement, Waiting waiting) {
    this.rank = rank;
    this.workers = workers;
    this.greeting = new Greeting(rank, workers.size(), token, agreement);
    this.waiting = waiting;
  }

  Connections meet() {
    boolean isMet = false;
    waiting.begin();
    // Also who is called by nobody: a second worker of the same number finds the address taken.
    try (ServerSocketChannel open = open()) {
      Thread thread = new Thread(() -> receive(open), "lossmith-door-" + rank);
      thread.setDaemon(true);
      thread.start();
      for (int other = 0; other < rank; other++) {
        call(other);
      }
      awaitCalls();
      isMet = true;
      return connections();
    } catch (IOException e) {
      throw new EngineException("collective: " + e.getMessage(), e);
    } finally {
      if (!isMet) {
        closeAll();
      }
    }
  }

  private ServerSocketChannel open() throws IOException {
    ServerSocketChannel open = ServerSocketChannel.open();
    try {
      return open.bind(own());
    } catch (IOException | RuntimeException e) {
      open.close();
      throw new EngineException(
          "collective: worker "
              + rank
              + " cannot listen at "
              + place(rank)
              + ": "
              + e.getMessage()
              + "; end what uses the port, or choose another",
          e);
    }
  }

  /** A name may become known later than its machine starts. */
  private InetSocketAddress own() throws IOException {
    InetSocketAddress at = workers.get(rank);
    while (true) {
      InetSocketAddress known = new InetSocketAddress(at.getHostString(), at.getPort());
      if (!known.isUnresolved()) {
        return known;
      }
      if (!waiting.again()) {
        throw new IOException("nobody knows this name");
      }
      sleep("knowing its own address");
    }
  }

  private static void sleep(String wait) {
    try {
      TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("collective: interrupted while " + wait, e);
    }
  }

  private void call(int other) throws IOException {
    while (true) {
      IOException why;
      SocketChannel channel = SocketChannel.open();
      try {
        InetSocketAddress at = workers.get(other);
        // Names are looked up each time: one may become known later.
        int limit = waiting.atMost(GREETING_MS); // where nothing answers, not even with a refusal
        channel.socket().connect(new InetSocketAddress(at.getHostString(), at.getPort()), limit);
        channel.socket().setSoTimeout(limit);
        greeting.caller(channel.socket(), other);
        add(other, channel);
        return;
      } catch (ClosedByInterruptException e) {
        throw new EngineException("collective: interrupted while calling worker " + other, e);
      } catch (Greeting.Stranger e) {
        channel.close();
        throw new EngineException(
            "collective: who answers at "
                + place(other)
                + " does not know the token, must be worker "
                + other,
            e);
      } catch (IOException e) {
        channel.close();
        why = e;
      } catch (RuntimeException e) {
        channel.close();
        throw e;
      }
      pause(other, why);
    }
  }

  private void pause(int other, IOException why) {
    requireNoFailure();
    sleep("calling worker " + other);
    if (!waiting.again()) {
      throw new EngineException(
          "collective: worker "
              + other
              + " at "
              + place(other)
              + " was not reached within "
              + waiting.limit()
              + ": "
              + words(why),
          why);
    }
  }

  private static String words(IOException why) {
    if (why instanceof SocketTimeoutException) {
      return "nothing answers; is it another program, or is a firewall between?";
    }
    if (why instanceof UnknownHostException) {
      return "nobody knows this name";
    }
    return why.getMessage() == null ? "it hung up; do tokens agree?" : why.getMessage();
  }

  private String place(int worker) {
    return workers.get(worker).getHostString() + ":" + workers.get(worker).getPort();
  }

  private void receive(ServerSocketChannel open) {
    try {
      while (true) {
        SocketChannel channel = open.accept();
        Thread thread = new Thread(() -> greet(channel), "lossmith-greeting-" + rank);
        thread.setDaemon(true);
        thread.start();
      }
    } catch (ClosedChannelException e) {
      // All have come, or are given up.
    } catch (IOException e) {
      fail(new EngineException("collective: worker " + rank + ": " + e.getMessage(), e));
    }
  }

  private void greet(SocketChannel channel) {
    try {
      channel.socket().setSoTimeout(GREETING_MS);
      add(greeting.called(channel.socket()), channel);
    } catch (IOException e) {
      close(channel); // a stranger, or one that will call again
    } catch (EngineException e) {
      close(channel);
      fail(e);
    }
  }

  private synchronized void add(int other, SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    if (met.putIfAbsent(other, channel) != null) {
      close(channel);
      throw new EngineException(
          "collective: worker " + other + " came twice, must be started once");
    }
    notifyAll();
  }

  private synchronized void fail(EngineException why) {
    failure = failure == null ? why : failure;
    notifyAll();
  }

  private synchronized void requireNoFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized void awaitCalls() {
    while (met.size() < workers.size() - 1) {
      requireNoFailure();
      if (!waiting.again()) {
        throw new EngineException(
            "collective: worker " + missing() + " has not come within " + waiting.limit());
      }
      try {
        wait(AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineException(
            "collective: interrupted while waiting for worker " + missing(), e);
      }
    }
    requireNoFailure();
  }

  private int missing() {
    int missing = rank + 1;
    while (met.containsKey(missing)) {
      missing++;
    }
    return missing;
  }

  private synchronized Connections connections() {
    List<Connection> all = new ArrayList<>();
    met.forEach((other, channel) -> all.add(new Connection(other, channel)));
    return new Connections(all);
  }

  private synchronized void closeAll() {
    met.values().forEach(Door::close);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
