package io.lossmith.spark;

import io.lossmith.app.io.BadInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What gives executors, as Spark's own {@code --master} names it.
 *
 * @param url such as {@code local[2]} or {@code spark://host:7077}
 */
record Master(String url) {
  private static final Pattern LOCAL = Pattern.compile("local(\\[.*])?");
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");

  /** Clusters whose own client, which is no part of this, calls them. */
  private static final Pattern OTHERS = Pattern.compile("yarn|k8s://.+");

  private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");

  private static final int CALL_MS = 2000;
  private static final int AGAIN_MS = 200;

  /** Returns the one that starts no processes: as many workers are threads of this one. */
  static Master local(int slots) {
    return new Master("local[" + slots + "]");
  }

  /** Returns whether all workers are in this process. */
  boolean isLocal() {
    return LOCAL.matcher(url).matches();
  }

  /**
   * Waits until somebody listens there, for Spark itself takes a minute to say that nobody does.
   *
   * @throws BadInput if nobody does in time, or the address is none
   */
  void requireReachable(Duration patience) {
    Matcher standalone = STANDALONE.matcher(url);
    if (isLocal() || OTHERS.matcher(url).matches()) {
      return;
    }
    if (!standalone.matches()) {
      throw none();
    }
    List<InetSocketAddress> addresses = addresses(standalone.group(1));
    long began = System.nanoTime();
    String why = "";
    do {
      for (InetSocketAddress address : addresses) {
        why = call(address);
        if (why.isEmpty()) {
          return;
        }
      }
      pause();
    } while (System.nanoTime() - began < patience.toNanos());
    throw new BadInput(
        "train: the Spark master "
            + url
            + " was not reached within "
            + patience.toSeconds()
            + " s: "
            + why
            + "; start it, or give another --spark.");
  }

  private List<InetSocketAddress> addresses(String list) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String one : list.split(",")) {
      Matcher address = ADDRESS.matcher(one);
      if (!address.matches() || Integer.parseInt(address.group(2)) > 65535) {
        throw none();
      }
      addresses.add(
          InetSocketAddress.createUnresolved(address.group(1), Integer.parseInt(address.group(2))));
    }
    return addresses;
  }

  private BadInput none() {
    return new BadInput(
        "train: --spark is \"" + url + "\", must be like spark://host:7077 or local[2].");
  }

  private static String call(InetSocketAddress at) {
    InetSocketAddress address = new InetSocketAddress(at.getHostString(), at.getPort());
    if (address.isUnresolved()) {
      return "no machine is called " + at.getHostString();
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CALL_MS);
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AGAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInput("train: interrupted while calling the Spark master.", e);
    }
  }
}
