package io.lossmith.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a real cluster: each executor is a process. */
class ClusterIT {
  private static final long PATIENCE = 240; // seconds; a busy computer is slow
  private static final String JAR = Path.of("target", "lossmith-spark.jar").toString();
  private static final String[] SMALL = {"--batch=4", "--crop=32", "--steps=100"};

  @TempDir private static Path folder;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = new StandaloneCluster(folder, 2, "700m");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** A training that is under way, or ended. */
  private record Training(Process process, Path out, Path said, Path wrong) {
    static Training start(String name, List<String> java, String... options) throws IOException {
      Path out = folder.resolve(name);
      List<String> command = new ArrayList<>(java);
      command.addAll(List.of("-jar", JAR, "train", "--out", out.toString()));
      command.addAll(List.of(SMALL));
      command.addAll(List.of(options));
      Path said = folder.resolve(name + ".out");
      Path wrong = folder.resolve(name + ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(wrong.toFile());
      builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
      return new Training(builder.start(), out, said, wrong);
    }

    int code() throws InterruptedException {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IllegalStateException("did not end");
      }
      return process.exitValue();
    }

    /** What it wrote to standard error, less what the JVM says of the module. */
    List<String> errors() throws IOException {
      return Files.readAllLines(wrong).stream()
          .filter(line -> !line.startsWith("WARNING: "))
          .toList();
    }

    byte[] file(String name) throws IOException {
      return Files.readAllBytes(out.resolve(name));
    }
  }

  private static Training onCluster(String name, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--spark=" + cluster.url()));
    all.addAll(List.of(options));
    return Training.start(name, StandaloneCluster.java(), all.toArray(String[]::new));
  }

  @Test
  void aKilledExecutorChangesNothing() throws IOException, InterruptedException {
    Training whole = Training.start("whole", StandaloneCluster.java(), "--workers=2");
    assertThat(whole.code()).as("%s", whole.errors()).isZero();

    Training killed = onCluster("killed", "--workers=2", "--checkpoint-every=0");
    Path checkpoint = killed.out().resolve("checkpoint.npz");
    StandaloneCluster.await("a checkpoint", () -> Files.exists(checkpoint));
    cluster.killExecutor(1);
    assertThat(killed.code()).as("%s", killed.errors()).isZero();
    assertThat(Files.readString(killed.said()))
        .contains("trained 100 steps")
        .contains("resumed after step");
    assertThat(killed.file("model.npz")).isEqualTo(whole.file("model.npz"));
    assertThat(killed.file("steps.csv")).isEqualTo(whole.file("steps.csv"));
  }

  @Test
  void workersThatFindNoRoomAreToldInOneLine() throws IOException, InterruptedException {
    Training large = onCluster("large", "--workers=3", "--executor-memory=2g", "--patience=12");
    assertThat(large.code()).isEqualTo(2);
    assertThat(large.errors())
        .singleElement()
        .asString()
        .contains(
            "3 workers need 3 slots of 1 core, " + cluster.url() + " has 0 free after 12 s",
            "on machines with 2048m free for an executor");
    assertThat(large.out()).isEmptyDirectory();
  }

  @Test
  void aJavaWithoutTheVectorModuleIsToldTheOption() throws IOException, InterruptedException {
    List<String> java = StandaloneCluster.java();
    java.removeIf(option -> option.contains("jdk.incubator.vector"));
    Training plain = Training.start("plain", java, "--workers=2");
    assertThat(plain.code()).isEqualTo(2);
    assertThat(plain.errors())
        .singleElement()
        .asString()
        .contains(
            "worker 0 at 127.0.0.1 runs a Java without", "--add-modules=jdk.incubator.vector");
  }
}
