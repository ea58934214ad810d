package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.model.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings by several programs, as users start them, and what they say when one has gone wrong.
 */
class WorkersIT {
  private static final String[] TRAIN = {
    "train", "--images", "i", "--masks", "m", "--crop", "16", "--batch", "3", "--threads", "1"
  };

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private String places;

  /** A program that was started, and what it prints. */
  private record Started(Process process, Path out, Path err) {
    Launched end() throws IOException, InterruptedException {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return new Launched(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  @BeforeEach
  void makePicturesAndAToken() throws IOException {
    TrainIT.cells(folder, 5, 0xFF);
    Files.writeString(folder.resolve("token"), "a secret word\n");
    places = "localhost:" + port() + ",localhost:" + port();
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  private static int port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Started worker(int rank, String... more) throws IOException {
    return worker(rank, Map.of(), more);
  }

  private Started worker(int rank, Map<String, String> environment, String... more)
      throws IOException {
    String[] who = {"--rank", "" + rank, "--workers-at", places, "--token-file", "token"};
    String[] arguments = Stream.of(more, who).flatMap(Arrays::stream).toArray(String[]::new);
    Path out = folder.resolve("out-" + started.size());
    Path err = folder.resolve("err-" + started.size());
    ProcessBuilder builder =
        new ProcessBuilder(Launched.command(arguments))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return new Started(process, out, err);
  }

  private static String[] train(String... more) {
    return Stream.of(TRAIN, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private Path checkpoint() throws InterruptedException {
    Path checkpoint = folder.resolve("o/checkpoint.npz");
    for (int wait = 0; wait < 1200 && !Files.exists(checkpoint); wait++) {
      Thread.sleep(50);
    }
    return checkpoint;
  }

  private static String words(Launched launched) {
    assertThat(launched.code()).isEqualTo(2);
    List<String> lines =
        launched.err().lines().filter(line -> line.startsWith("lossmith: ")).toList();
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  /** The second is late, and the first may have been ended before. */
  @Test
  void twoProgramsLearnWhatOneDoesAndGoOnWhereOneWasKilled() throws Exception {
    Launched alone = Launched.in(folder, train("--steps", "40", "--out", "alone"));
    assertThat(alone.code()).isZero();
    Started first = worker(0, train("--steps", "40", "--out", "straight"));
    Thread.sleep(1500);
    Launched second = worker(1, train("--steps", "40", "--out", "straight")).end();
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("worker 1 of 2: trained 40 steps, worker 0 writes");
    assertThat(second.code()).isZero();
    assertThat(first.end().code()).isZero();
    assertThat(first.end().out())
        .contains("2 workers; 1 exchange with other workers in a step: 2 rounds, 236 kB sent")
        .contains(", engine cpu, 2 workers");
    for (String same : List.of("model.npz", "steps.csv")) {
      assertThat(folder.resolve("straight").resolve(same))
          .hasSameBinaryContentAs(folder.resolve("alone").resolve(same));
    }

    String[] more = train("--steps", "40", "--out", "o", "--checkpoint-every", "0");
    first = worker(0, more);
    Started killed = worker(1, more);
    checkpoint();
    killed.process().destroyForcibly();
    assertThat(words(first.end()))
        .startsWith("lossmith: collective: ")
        .contains("worker 1")
        .containsPattern("; train --resume --out o continues after step \\d+$");
    assertThat(Checkpoint.read(checkpoint()).state().steps()).isBetween(1, 40);
    first = worker(0, "train", "--resume", "--out", "o");
    assertThat(worker(1, "train", "--resume", "--out", "o").end().code()).isZero();
    assertThat(first.end().code()).isZero();
    assertThat(folder.resolve("o/model.npz"))
        .hasSameBinaryContentAs(folder.resolve("straight/model.npz"));
  }

  @Test
  void otherOptionsAndOtherPicturesAreToldToBoth() throws Exception {
    Started first = worker(0, train("--steps", "2", "--out", "o"));
    Launched second = worker(1, train("--steps", "3", "--out", "o")).end();
    String words =
        "lossmith: train: worker 1 has --steps=3, worker 0 has --steps=2; start all workers with"
            + " the same options and pictures.";
    assertThat(words(second)).isEqualTo(words);
    assertThat(words(first.end())).isEqualTo(words);

    Files.createDirectory(folder.resolve("j"));
    try (Stream<Path> files = Files.list(folder.resolve("i"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("j").resolve(file.getFileName()));
      }
    }
    Files.copy(
        folder.resolve("i/cells-001.png"),
        folder.resolve("j/cells-002.png"),
        StandardCopyOption.REPLACE_EXISTING);
    first = worker(0, train("--steps", "2", "--out", "o"));
    String[] others = train("--steps", "2", "--out", "o");
    others[2] = "j";
    second = worker(1, others).end();
    assertThat(words(second)).contains("worker 1 has training picture cells-002, files of ");
    assertThat(words(first.end())).isEqualTo(words(second));
    assertThat(folder.resolve("o")).doesNotExist();
  }

  @Test
  void whatOneCannotDoEndsTheOtherAtOnce() throws Exception {
    Started first = worker(0, train("--out", "o"));
    String[] others = train("--out", "o");
    others[2] = "nothing";
    Launched second = worker(1, others).end();
    assertThat(words(second)).startsWith("lossmith: nothing: ");
    assertThat(words(first.end()))
        .isEqualTo(
            "lossmith: collective: worker 1 ended: "
                + words(second).substring("lossmith: ".length()));

    String[] large = train("--out", "o");
    large[6] = "48"; // pixels a side
    large[8] = "64"; // pieces
    first = worker(0, large);
    second = worker(1, Map.of("LOSSMITH_JAVA_OPTS", "-Xmx24m"), large).end();
    assertThat(words(second)).contains("MB");
    assertThat(words(first.end())).startsWith("lossmith: collective: worker 1 ended: ");
    assertThat(folder.resolve("o/model.npz")).doesNotExist();
  }

  @Test
  void whoeverIsEndedByTheUserEndsBoth() throws Exception {
    String[] more = train("--steps", "100000", "--out", "o");
    Started first = worker(0, more);
    Started second = worker(1, more);
    checkpoint();
    second.process().destroy();
    assertThat(second.end().err())
        .isEqualTo("lossmith: train: worker 1 of 2 was ended by the user.\n");
    assertThat(words(first.end()))
        .startsWith("lossmith: collective: worker 1 ended: the user ended it; train --resume");

    first = worker(0, "train", "--resume", "--out", "o");
    second = worker(1, "train", "--resume", "--out", "o");
    Thread.sleep(100);
    long before = Files.getLastModifiedTime(checkpoint()).toMillis();
    for (int wait = 0;
        wait < 1200 && Files.getLastModifiedTime(checkpoint()).toMillis() == before;
        wait++) {
      Thread.sleep(50);
    }
    first.process().destroy();
    assertThat(first.end().err())
        .containsPattern(
            "(?m)^lossmith: train: ended by the user after step \\d+ of 100000; train");
    assertThat(first.end().err().lines().filter(line -> line.startsWith("lossmith"))).hasSize(1);
    assertThat(words(second.end()))
        .isEqualTo("lossmith: collective: worker 0 ended: the user ended it");
  }

  @Test
  void whoDoesNotBelongHereIsToldSo() throws Exception {
    Started first = worker(0, train("--out", "o", "--patience", "20"));
    Thread.sleep(1500);
    assertThat(words(worker(0, train("--out", "o")).end()))
        .startsWith("lossmith: collective: worker 0 cannot listen at localhost:")
        .endsWith("; end what uses the port, or choose another");
    Files.writeString(folder.resolve("token"), "another word");
    assertThat(words(worker(1, train("--out", "o", "--patience", "2")).end()))
        .endsWith(" was not reached within 2000 ms: it hung up; do tokens agree?");
    first.process().destroy();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      places = "localhost:" + silent.getLocalPort() + ",localhost:" + port();
      assertThat(words(worker(1, train("--out", "o", "--patience", "2")).end()))
          .contains("collective: worker 0 at localhost:", "nothing answers;");
    }
    assertThat(words(worker(1, train("--patience", "1", "--out", "o")).end())).contains("worker 0");
    Files.delete(folder.resolve("token"));
    assertThat(words(worker(0, train("--out", "o")).end())).startsWith("lossmith: token: cannot");
    assertThat(folder.resolve("o")).doesNotExist();
  }
}
