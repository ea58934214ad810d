package io.lossmith.spark;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.BarrierTaskContext;

/**
 * What workers tell each other before they connect. One call of Spark's, for each takes a second.
 *
 * @param addresses where they listen, by rank
 * @param token that keeps others out, made by the first worker
 * @param mistakes what is wrong with workers; if there is any, the rest is of no use
 */
record Meeting(List<InetSocketAddress> addresses, String token, List<String> mistakes) {
  private static final int TOKEN_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** How a message begins: with a mistake, or with an address. */
  private static final String MISTAKE = "!";

  private static final String BLANK = " ";

  /** Says where this worker listens, and hears of the others. */
  static Meeting at(InetSocketAddress own, BarrierTaskContext context) {
    byte[] token = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(token);
    String words =
        String.join(
            BLANK,
            own.getHostString(),
            String.valueOf(own.getPort()),
            context.partitionId() == 0 ? HexFormat.of().formatHex(token) : "-");
    return of(context.allGather(words));
  }

  /** Says that this worker cannot take part, and hears of the others. */
  static Meeting without(String mistake, BarrierTaskContext context) {
    return of(context.allGather(MISTAKE + mistake));
  }

  static Meeting of(String[] messages) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    String token = "";
    for (String message : messages) {
      if (message.startsWith(MISTAKE)) {
        mistakes.add(message.substring(MISTAKE.length()));
      } else {
        String[] words = message.split(BLANK);
        addresses.add(new InetSocketAddress(words[0], Integer.parseInt(words[1])));
        token = token.isEmpty() ? words[2] : token;
      }
    }
    return new Meeting(List.copyOf(addresses), token, List.copyOf(mistakes));
  }
}
