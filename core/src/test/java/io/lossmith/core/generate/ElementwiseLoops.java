package io.lossmith.core.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the loops of the elementwise operations: a row of {@link ElementwiseRows} is an operation
 * there, in six to eight static loops, for the compiler makes vectors of nothing that is shared. It
 * needs nothing but the JDK, so it runs before the library compiles:
 *
 * <pre>javac -d core/target/generate -sourcepath core/src/test/java \
 *     core/src/test/java/io/lossmith/core/generate/ElementwiseLoops.java
 * java -cp core/target/generate io.lossmith.core.generate.ElementwiseLoops</pre>
 *
 * <p>and then {@code mvn spotless:apply -pl core}. What differs from operation to operation is an
 * expression of x, or of a and b; a name with {@code ::} is a loop that is written by hand.
 */
final class ElementwiseLoops {
  private ElementwiseLoops() {}

  /** Writes into all files; from the root of a checkout. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<Path, Regions> entry : files().entrySet()) {
      Path file = Path.of("core").resolve(entry.getKey());
      Files.writeString(file, entry.getValue().in(Files.readString(file)));
    }
  }

  /** Returns what is to be in each file but for its layout, by its path in the module. */
  static Map<Path, Regions> files() {
    Map<Path, Regions> files = new LinkedHashMap<>();
    Path cpu = Path.of("src/main/java/io/lossmith/core/engine/cpu");
    files.put(cpu.resolve("simd/SimdUnary.java"), VectorLoops.simdUnary());
    files.put(cpu.resolve("simd/SimdFunctions.java"), VectorLoops.simdFunctions());
    files.put(cpu.resolve("simd/SimdBinary.java"), VectorLoops.simdBinary());
    files.put(cpu.resolve("simd/SimdComparisons.java"), VectorLoops.simdComparisons());
    files.put(cpu.resolve("simd/SimdBinaryRight.java"), VectorLoops.simdBinaryRight());
    files.put(cpu.resolve("simd/SimdBinaryLeft.java"), VectorLoops.simdBinaryLeft());
    files.put(cpu.resolve("simd/ScalarUnary.java"), FloatLoops.scalarUnary());
    files.put(cpu.resolve("plain/PlainUnary.java"), FloatLoops.plainUnary());
    files.put(cpu.resolve("plain/PlainBinary.java"), FloatLoops.plainBinary());
    files.put(cpu.resolve("plain/PlainBinaryRight.java"), FloatLoops.plainBinaryRight());
    files.put(cpu.resolve("plain/PlainBinaryLeft.java"), FloatLoops.plainBinaryLeft());
    return files;
  }
}
