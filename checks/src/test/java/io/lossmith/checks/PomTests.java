package io.lossmith.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What repositories and users of artifacts ask of poms; a release would end at what is missing. */
class PomTests {
  private static final Pom ROOT = Pom.of(Repository.ROOT.resolve("pom.xml"));

  static Stream<Pom> modules() {
    return ROOT.withModules();
  }

  static Stream<Pom> published() {
    return modules().filter(Pom::isPublished);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void saysWhatItIsAndWhoseItIs(Pom pom) {
    assertThat(pom.missing()).as("missing in %s and its parents", pom).isEmpty();
  }

  /** Else nobody could use the artifact: Maven looks for the parent in the repository. */
  @ParameterizedTest
  @MethodSource("published")
  void parentsOfPublishedModulesArePublished(Pom pom) {
    assertThat(pom.parent().stream()).allMatch(Pom::isPublished);
  }

  @Test
  void theBomNamesEveryPublishedJar() {
    String bom = Repository.text(Repository.ROOT.resolve("bom/pom.xml"));
    assertThat(published().filter(isPackaged("jar")).map(Pom::artifact))
        .contains("lossmith-core", "lossmith-losses")
        .allSatisfy(artifact -> assertThat(bom).contains("<artifactId>" + artifact + "<"));
  }

  @Test
  void onlyLibrariesArePublished() {
    assertThat(published().filter(isPackaged("pom")).map(Pom::artifact))
        .containsExactlyInAnyOrder("lossmith-parent", "lossmith-bom");
    assertThat(published().map(Pom::artifact)).doesNotContain("lossmith-app", "lossmith-checks");
  }

  @Test
  void whatIsMissingIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("pom.xml");
    Files.writeString(
        file,
        """
        <project>
          <artifactId>a</artifactId>
          <name> </name>
          <description>What it is.</description>
          <url>https://example.org</url>
          <licenses><license><name>L</name></license></licenses>
          <developers><developer><name>D</name><url>u</url></developer></developers>
          <dependencies><dependency><scm><url>not here</url></scm></dependency></dependencies>
        </project>
        """);
    assertThat(Pom.of(file).missing())
        .isEqualTo(
            List.of(
                "name",
                "licenses/license/url",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"));
  }

  private static Predicate<Pom> isPackaged(String how) {
    return pom -> pom.text("packaging").orElse("jar").equals(how);
  }

  @Test
  void modulesOfProfilesAreFound(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("heavy"));
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project>
          <artifactId>a</artifactId>
          <properties><unpublished>true</unpublished></properties>
          <profiles><profile><modules><module>heavy</module></modules></profile></profiles>
        </project>
        """);
    Files.writeString(
        folder.resolve("heavy/pom.xml"),
        "<project><parent><artifactId>a</artifactId></parent><artifactId>b</artifactId></project>");
    List<Pom> all = Pom.of(folder.resolve("pom.xml")).withModules().toList();
    assertThat(all.stream().map(Pom::artifact)).containsExactly("a", "b");
    assertThat(all.get(1).parent().map(Pom::artifact)).isEqualTo(Optional.of("a"));
    assertThat(all).noneMatch(Pom::isPublished);
  }
}
