package io.lossmith.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A master of Spark and its workers, processes of their own, as an installation would start them.
 * The installation is a folder of links to the jars of Spark in {@code target/lib}.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Path LIB = Path.of("target", "lib").toAbsolutePath();
  private static final Path HOME = LIB.resolveSibling("spark-home");
  private static final Pattern STARTED = Pattern.compile("Starting Spark master at (spark://\\S+)");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private final String url;

  /** Starts a master and as many workers, each with one core. */
  StandaloneCluster(Path folder, int workers, String memory) throws IOException {
    this.folder = folder;
    install();
    String address = "127.0.0.1";
    start("master", "master.Master", "--host", address, "--port", "0", "--webui-port", "0");
    Path log = folder.resolve("master.log");
    await("the master", () -> url(log).isPresent() && text(log).contains("New state: ALIVE"));
    url = url(log).orElseThrow();
    for (int k = 0; k < workers; k++) {
      String own = folder.resolve("work" + k).toString();
      this.workers.add(
          start(
              "worker" + k,
              "worker.Worker",
              List.of("--host", address, "--cores", "1", "--memory", memory),
              List.of("--webui-port", "0", "--work-dir", own, url)));
    }
    await(
        "workers",
        () ->
            text(log).lines().filter(line -> line.contains("Registering worker")).count()
                == workers);
  }

  /** Links what is Spark's, and not what a training brings along. */
  private void install() throws IOException {
    Path jars = Files.createDirectories(HOME.resolve("jars"));
    Set<String> ours = brought();
    try (Stream<Path> all = Files.list(LIB)) {
      for (Path jar : all.toList()) {
        String name = jar.getFileName().toString();
        boolean isSparks = !name.startsWith("lossmith-") && !ours.contains(name);
        if (isSparks && !Files.exists(jars.resolve(name))) {
          Files.createSymbolicLink(jars.resolve(name), jar);
        }
      }
    }
  }

  private static Set<String> brought() throws IOException {
    try (Stream<Path> all = Files.list(LIB)) {
      Path app =
          all.filter(jar -> jar.getFileName().toString().startsWith("lossmith-app"))
              .findFirst()
              .orElseThrow();
      try (JarFile file = new JarFile(app.toFile())) {
        String path = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        return Arrays.stream(path.split(" "))
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
      }
    }
  }

  private Process start(String name, String type, List<String> first, List<String> more)
      throws IOException {
    return start(name, type, Stream.concat(first.stream(), more.stream()).toArray(String[]::new));
  }

  private Process start(String name, String type, String... arguments) throws IOException {
    List<String> command = java();
    command.addAll(
        List.of("-Xmx256m", "-cp", HOME.resolve("jars") + "/*", "org.apache.spark.deploy." + type));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", HOME.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Returns java with the options that Spark's scripts give it. */
  static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    return command;
  }

  String url() {
    return url;
  }

  /** Ends an executor of a worker as a loss of power would. */
  void killExecutor(int worker) {
    ProcessHandle executor = workers.get(worker).toHandle().children().findFirst().orElseThrow();
    executor.destroyForcibly();
  }

  /** Waits until something is so. */
  static void await(String what, BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IllegalStateException(what + ": not there after " + PATIENCE);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Optional<String> url(Path log) {
    Matcher matcher = STARTED.matcher(text(log));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
