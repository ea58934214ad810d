package io.lossmith.spark;

import io.lossmith.core.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A port that is held for a worker until all know of it; the worker listens there itself then.
 * Ports are not those that the system gives to whoever connects somewhere: one of these could be
 * taken again in between.
 */
final class Seat implements AutoCloseable {
  /** So many are tried: what is wrong may not be the port. */
  private static final int TRIES = 100;

  private static final int LAST_PORT = 65535;

  private final ServerSocket socket;
  private final String host;

  private Seat(ServerSocket socket, String host) {
    this.socket = socket;
    this.host = host;
  }

  /**
   * Takes the first free port of every {@code size}th from {@code firstPort + rank} on, so that no
   * two workers on a machine want the same.
   *
   * @throws EngineException if none is free, or this is no address of this machine
   */
  static Seat take(String host, int firstPort, int rank, int size) {
    IOException why = null;
    int last = Math.min(LAST_PORT, firstPort + rank + TRIES * size);
    for (int port = firstPort + rank; port <= last; port += size) {
      try {
        return new Seat(new ServerSocket(port, 1, InetAddress.getByName(host)), host);
      } catch (IOException e) {
        why = e;
      }
    }
    throw new EngineException(
        "spark: worker "
            + rank
            + " cannot listen at "
            + host
            + ", ports from "
            + firstPort
            + " on: "
            + (why == null ? "there is none" : why.getMessage())
            + "; give another --port",
        why);
  }

  /** Returns where the worker will listen. */
  InetSocketAddress address() {
    return new InetSocketAddress(host, socket.getLocalPort());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new EngineException("spark: a port is not given up: " + e.getMessage(), e);
    }
  }
}
