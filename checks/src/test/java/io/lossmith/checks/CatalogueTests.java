package io.lossmith.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.lossmith.losses.CatalogueLoss;
import io.lossmith.losses.LossDescription;
import io.lossmith.losses.Losses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each loss of the catalogue is compared with others, measured, listed and translated. */
class CatalogueTests {
  private static final Pattern CASE_FILE = Pattern.compile(".*\\.jsonl");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

  @Test
  void eachLossIsEverywhere() {
    Set<String> compared = valuesCompared();
    Set<String> measured = measured();
    Set<String> listed = inTablesOf("README.md");
    Set<String> translated = inTablesOf("docs/coming-from.md");
    List<String> missing = new ArrayList<>();
    for (LossDescription loss : Losses.descriptions()) {
      String id = loss.id();
      if (!compared.contains(id)) {
        missing.add(id + ": a case with a value in losses/src/test/python");
      }
      if (!measured.contains(id)) {
        missing.add(id + ": a line in catalogue.jsonl of the app's bench");
      }
      if (!listed.contains(id)) {
        missing.add(id + ": README.md's table of the catalogue");
      }
      if (!translated.contains(id)) {
        missing.add(id + ": a row in docs/coming-from.md");
      }
    }
    assertThat(missing).as("what a loss lacks").isEmpty();
  }

  @Test
  void eachLossIsInTheCatalogue() {
    assertThat(PublicSurface.types(Repository.ROOT.resolve("losses")))
        .filteredOn(type -> CatalogueLoss.class.isAssignableFrom(type))
        .filteredOn(type -> !Modifier.isAbstract(type.getModifiers()))
        .as("a line in Losses")
        .isSubsetOf(Losses.descriptions().stream().map(LossDescription::type).toList());
  }

  @Test
  void nothingIsThereOfLossesThatAreNot() {
    List<String> ids = Losses.descriptions().stream().map(LossDescription::id).toList();
    assertThat(ids).containsAll(valuesCompared()).containsAll(measured());
  }

  private static Set<String> valuesCompared() {
    return lines("losses/src/test/resources/cases/")
        .filter(line -> ((Map<?, ?>) line.get("expected")).containsKey("value"))
        .map(line -> (String) line.get("loss"))
        .collect(Collectors.toSet());
  }

  private static Set<String> measured() {
    return lines("examples/app/src/main/resources/")
        .map(line -> (String) line.get("loss"))
        .collect(Collectors.toSet());
  }

  private static Stream<Map<String, Object>> lines(String folder) {
    return Repository.files(CASE_FILE)
        .filter(file -> Repository.name(file).startsWith(folder))
        .flatMap(file -> Repository.text(file).lines())
        .filter(line -> !line.isBlank())
        .map(CatalogueTests::json);
  }

  private static Map<String, Object> json(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> inTablesOf(String page) {
    Set<String> words = new HashSet<>();
    Repository.text(Repository.ROOT.resolve(page))
        .lines()
        .filter(line -> line.startsWith("|"))
        .flatMap(line -> SPAN.matcher(line).results().map((MatchResult span) -> span.group(1)))
        .forEach(words::add);
    return words;
  }
}
