package io.lossmith.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each published module exports is written down, so that a change of it is seen in a diff.
 * With {@code -Dlossmith.surface=accept} it is written anew instead.
 */
@DisabledIfSystemProperty(named = "skipKotlin", matches = ".*") // one exported file is Kotlin's
class PublicSurfaceTests {
  private static final String ACCEPT = "lossmith.surface";
  private static final String COMMAND =
      "mvn test -pl checks -am -Dtest=PublicSurfaceTests -Dsurefire.failIfNoSpecifiedTests=false -D"
          + ACCEPT
          + "=accept, with -Pintegrations for djl and dl4j";

  static Stream<Path> modules() {
    return PublicSurface.published();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void isAsWrittenDown(Path module) throws IOException {
    assumeTrue(PublicSurface.isHere(module), "part of builds with -Pintegrations");
    Path file = module.resolve("src/test/resources/exported-types.txt");
    List<String> is = PublicSurface.of(module);
    if (System.getProperty(ACCEPT, "").equals("accept")) {
      Files.createDirectories(file.getParent());
      Files.write(file, is);
    }
    List<String> was = Files.exists(file) ? Files.readAllLines(file) : List.of();
    assertThat(changes(was, is))
        .as("changes of what %s exports; if they are meant: %s", Repository.name(module), COMMAND)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyMemberIsExplained(Path module) {
    assertThat(sources(module)).isNotEmpty();
    assertThat(ExportedMembers.withoutComment(sources(module)))
        .as("exported by %s, without Javadoc", Repository.name(module))
        .isEmpty();
  }

  @Test
  void silentMembersAreNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("A.java");
    Files.writeString(
        file,
        """
        /** A. */
        public interface A {
          void named();

          /** Explained. */
          void explained();

          @Override
          String toString();

          class Inner {
            protected int number;
            int hidden;

            Inner() {}
          }
        }

        class Hidden {
          public void open() {}
        }
        """);
    assertThat(ExportedMembers.withoutComment(Stream.of(file)))
        .containsExactly("A.named()", "A.Inner", "A.Inner.number");
  }

  @Test
  void changesAreNamed() {
    List<String> was =
        List.of("class A", "  int size()", "  void old()", "class B", "  int size()");
    List<String> is =
        List.of("class A", "  int size()", "class B", "  int size()", "  long count()");
    assertThat(changes(was, is))
        .containsExactly("missing: class A   void old()", "new: class B   long count()");
    assertThat(changes(was, was)).isEmpty();
  }

  @Test
  void theseModulesArePublished() {
    assertThat(modules().map(Repository::name))
        .containsExactlyInAnyOrder(
            "core", "autodiff", "losses", "gpu-opencl", "examples/djl", "examples/dl4j");
  }

  private static Stream<Path> sources(Path module) {
    Path java = module.resolve("src/main/java");
    return PublicSurface.packages(module).stream()
        .map(name -> java.resolve(name.replace('.', '/')))
        .flatMap(folder -> Stream.of(folder.toFile().listFiles()))
        .map(File::toPath)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("package-info.java"));
  }

  private static List<String> changes(List<String> was, List<String> is) {
    List<String> missing = qualified(was);
    missing.removeAll(qualified(is));
    List<String> added = qualified(is);
    added.removeAll(qualified(was));
    return Stream.concat(
            missing.stream().map(line -> "missing: " + line), added.stream().map(l -> "new: " + l))
        .toList();
  }

  /** Puts the type before each member. */
  private static List<String> qualified(List<String> lines) {
    List<String> qualified = new ArrayList<>();
    String type = "";
    for (String line : lines) {
      type = line.startsWith(" ") ? type : line;
      qualified.add(line.startsWith(" ") ? type + " " + line : line);
    }
    return qualified;
  }
}
