package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.collective.TcpCollective;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By how many workers a training is done, and which of them this program is. */
final class WorkerOptions {
  static final List<String> NAMES =
      List.of("--workers", "--rank", "--workers-at", "--token-file", "--patience");

  private static final String TOKEN = "LOSSMITH_TOKEN";
  private static final int MOST = 1024;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Train by so many workers, each of which has an equal part of each batch: what they learn"
              + " is what one would learn. They are threads of this program, to try out what"
              + " machines will do: it is no faster than --threads N. Default: 1.")
  private @Nullable Integer threads;

  @Option(
      names = "--rank",
      paramLabel = "K",
      description =
          "This program is worker K, from 0, of those in --workers-at, and each is started with the"
              + " other options alike. Worker 0 writes; the others write nothing.")
  private @Nullable Integer rank;

  @Option(
      names = "--workers-at",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Where the workers listen, by rank, separated by commas.")
  private List<String> places = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "What all workers know and nobody else, 8 letters or more. Default: the environment"
              + " variable "
              + TOKEN
              + ".")
  private @Nullable Path tokenFile;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "How long a worker waits for another before it gives up. Default: ${DEFAULT-VALUE}.")
  private double patience;

  /** Says what does not go together. */
  void check() {
    boolean several = rank != null || !places.isEmpty();
    if (threads != null && several) {
      throw new BadInput(
          "train: --workers are threads of one program, --rank is one of several; give one of them.");
    }
    OptionCheck.require(
        threads == null || threads >= 1 && threads <= MOST,
        "--workers",
        threads,
        "within 1.." + MOST);
    OptionCheck.require(
        patience >= 0.001 && patience <= 1e6, "--patience", patience, "within 0.001..1000000");
    if (several) {
      addresses();
      if (rank == null || places.isEmpty()) {
        String given = rank == null ? "--workers-at" : "--rank";
        String missing = rank == null ? "--rank" : "--workers-at";
        throw new BadInput("train: " + given + " is given without " + missing + "; give both.");
      }
      OptionCheck.require(
          rank >= 0 && rank < places.size(),
          "--rank",
          rank,
          "within 0.." + (places.size() - 1) + ", one of those in --workers-at");
      token();
    } else if (tokenFile != null) {
      throw new BadInput("train: --token-file is given without --rank and --workers-at; give all three.");
    }
  }

  /** Returns whether there are more workers, or may be, than one that is this whole program. */
  boolean isAsked() {
    return threads != null || rank != null || !places.isEmpty() || tokenFile != null;
  }

  /** Returns whether worker 0 is part of this program. */
  boolean writes() {
    return rank == null || rank == 0;
  }

  /** Returns how many workers this program is. */
  int here() {
    return threads == null ? 1 : threads;
  }

  /** Returns how many programs share a batch; workers that are threads do not count. */
  int programs() {
    return Math.max(1, places.size());
  }

  /**
   * Returns the workers that this program is, once all others are there.
   *
   * @throws io.lossmith.core.engine.EngineException if one is missing, or does not belong here
   */
  Team team() {
    Duration limit = Duration.ofNanos(Math.round(patience * 1e9));
    if (rank == null) {
      return new Team(LocalCollective.of(here(), limit), false);
    }
    Collective own = TcpCollective.join(rank, addresses(), token(), Version.text(), limit);
    return new Team(List.of(own), true);
  }

  private List<InetSocketAddress> addresses() {
    return places.stream().map(WorkerOptions::address).toList();
  }

  private static InetSocketAddress address(String place) {
    int colon = place.lastIndexOf(':');
    String port = place.substring(colon + 1);
    boolean number = colon > 0 && port.matches("\\d{1,5}");
    if (!number || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
      throw new BadInput(
          "train: --workers-at has \""
              + place
              + "\", must be HOST:PORT, with a port of 1..65535, separated by commas.");
    }
    return InetSocketAddress.createUnresolved(
        place.substring(0, colon).replaceAll("^\\[|]$", ""), Integer.parseInt(port));
  }

  /** A command line can be seen by every user of a machine. */
  private String token() {
    Map<String, String> environment = System.getenv();
    String token = environment.get(TOKEN);
    if (tokenFile != null) {
      try {
        token = Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
      } catch (IOException e) {
        throw new BadInput(tokenFile + ": cannot be read; " + Reasons.of(e) + ".", e);
      }
    }
    if (token == null || token.length() < 8) {
      String where = tokenFile == null ? "the environment variable " + TOKEN : "" + tokenFile;
      throw new BadInput(
          "train: "
              + where
              + (token == null ? " is not there" : " has " + token.length() + " letters")
              + ", must hold a token of 8 letters or more that all workers know; give another"
              + " --token-file.");
    }
    return token;
  }
}
