package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The way of a warm call through our files, down to the loops. Each method of the library that
 * takes an array of floats says when it is entered; what then stands on the stack is the way there.
 * Those that take vectors are left out: they are the arithmetic within a loop. What was found is
 * written to {@code target/warm-run.txt}.
 */
class WarmRunTests {
  private static final int MOST_FILES = 8;
  private static final int MOST_LINES = 200;
  private static final Path REPORT = Path.of("target", "warm-run.txt");

  /** Run in a class loader of its own. */
  public static final class WarmDice {
    private static final Set<List<String>> WAYS = ConcurrentHashMap.newKeySet();
    private static volatile boolean isWarm;

    private WarmDice() {}

    /** Evaluates Dice twice, and returns the ways of the second time, innermost file first. */
    public static Set<List<String>> ways() {
      Engine engine = Engines.byName("cpu").withThreads(2);
      Shape shape = Shape.of(2, 1, 256, 256);
      Shape several = Shape.of(2, 3, 128, 128);
      try (Compiled binary = Dice.sigmoid().compile(InputShapes.of(shape, shape), engine);
          Compiled classes =
              Dice.softmax().compile(InputShapes.of(several, several.without(1)), engine)) {
        for (boolean warm : new boolean[] {false, true}) {
          isWarm = warm;
          float[] x = new float[shape.count()];
          binary.evaluate(x, new float[shape.count()], null, x.clone());
          float[] y = new float[several.count()];
          classes.evaluate(y, new float[several.without(1).count()], null, y.clone());
        }
        isWarm = false;
      }
      return WAYS;
    }

    /** What each method begins with. */
    public static void entered() {
      if (isWarm) {
        WAYS.add(
            StackWalker.getInstance()
                .walk(
                    frames ->
                        frames
                            .map(WarmDice::file)
                            .filter(
                                file ->
                                    file.startsWith("io/lossmith/")
                                        && !file.endsWith("Tests.java")
                                        && !file.endsWith("LoadedAnew.java"))
                            .distinct()
                            .toList()));
      }
    }

    private static String file(StackWalker.StackFrame frame) {
      String type = frame.getClassName();
      return type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/') + frame.getFileName();
    }
  }

  /** Has each method that takes an array of floats say that it is entered. */
  private static final class Telling extends LoadedAnew {
    private static final String LISTENER = Type.getInternalName(WarmDice.class);

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.startsWith("io.lossmith.") || name.startsWith(WarmRunTests.class.getName())) {
        return super.findClass(name);
      }
      ClassReader reader = new ClassReader(bytes(name));
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Methods(writer), 0);
      byte[] told = writer.toByteArray();
      return defineClass(name, told, 0, told.length);
    }

    private static final class Methods extends ClassVisitor {
      Methods(ClassVisitor next) {
        super(Opcodes.ASM9, next);
      }

      @Override
      public MethodVisitor visitMethod(
          int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
        return descriptor.contains("jdk/incubator/vector/") || !descriptor.contains("[F")
            ? method
            : new MethodVisitor(Opcodes.ASM9, method) {
              @Override
              public void visitCode() {
                super.visitCode();
                visitMethodInsn(Opcodes.INVOKESTATIC, LISTENER, "entered", "()V", false);
              }
            };
      }
    }
  }

  @Test
  void aDicePassesThroughFewShortFiles() throws IOException, ReflectiveOperationException {
    String engine = Engines.byName("cpu").description();
    assumeTrue(engine.contains("SIMD with"), () -> "this is of loops of vectors: " + engine);
    List<List<String>> ways = ways();
    Map<String, Long> lines = new TreeMap<>();
    for (List<String> way : ways) {
      for (String file : way) {
        lines.putIfAbsent(file, lines(file));
      }
    }
    report(ways, lines);
    assertThat(ways)
        .as("a way from the door through the threads to a loop")
        .anyMatch(way -> way.toString().matches(".*/simd/.*/WorkerThreads.java.*/Compiled.java]"));
    assertThat(ways).as("files on the stack").allMatch(way -> way.size() <= MOST_FILES);
    assertThat(lines)
        .as("lines of each")
        .allSatisfy((file, count) -> assertThat(count).as(file).isLessThan(MOST_LINES));
  }

  /** Returns the ways, the longest first. */
  @SuppressWarnings("unchecked") // as the method returns it
  private static List<List<String>> ways() throws IOException, ReflectiveOperationException {
    try (Telling loader = new Telling()) {
      List<List<String>> ways =
          new ArrayList<>((Set<List<String>>) loader.call(WarmDice.class, "ways"));
      ways.sort(
          Comparator.<List<String>>comparingInt(List::size)
              .reversed()
              .thenComparing(List::toString));
      return ways;
    }
  }

  private static void report(List<List<String>> ways, Map<String, Long> lines) throws IOException {
    List<String> report = new ArrayList<>();
    ways.forEach(way -> report.add(way.size() + " files: " + way));
    lines.forEach((file, count) -> report.add(count + " lines: " + file));
    Files.write(REPORT, report);
  }

  private static long lines(String file) throws IOException {
    for (String module : List.of("core", "autodiff", "losses")) {
      Path source = Path.of("..", module, "src", "main", "java", file);
      if (Files.exists(source)) {
        return Files.readAllLines(source).size();
      }
    }
    throw new IllegalStateException(file + " is nowhere");
  }
}
