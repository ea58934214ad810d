package io.lossmith.core.collective;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What workers know and nobody else. It never travels: who has it can answer a question. */
final class Token {
  /** How long a question is, in bytes. */
  static final int QUESTION = 16;

  /** How long an answer is, in bytes. */
  static final int ANSWER = 32;

  private static final int SHORTEST = 8;
  private static final String KIND = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  Token(String token) {
    if (token.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "collective: the token has "
              + token.length()
              + " characters, must have "
              + SHORTEST
              + " at least");
    }
    this.key = new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), KIND);
  }

  static byte[] question() {
    byte[] question = new byte[QUESTION];
    RANDOM.nextBytes(question);
    return question;
  }

  byte[] answer(byte[] question) {
    try {
      Mac mac = Mac.getInstance(KIND);
      mac.init(key);
      return mac.doFinal(question);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("collective: " + KIND + " is missing in this Java", e);
    }
  }

  boolean isAnswer(byte[] question, byte[] answer) {
    return MessageDigest.isEqual(answer(question), answer);
  }
}
