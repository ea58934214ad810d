package io.lossmith.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The pom of a module, and what it has of its parents.
 *
 * @param file where it lies
 * @param project what is in it
 */
record Pom(Path file, Element project) {
  /** What each pom says of itself. */
  private static final List<String> OWN = List.of("name", "description");

  /** What may stand in a parent: a repository refuses an artifact without one of them. */
  private static final List<String> INHERITED =
      List.of(
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "developers/developer/url",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");

  static Pom of(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      return new Pom(file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  /** Returns this and the poms of all modules below, those of profiles too. */
  Stream<Pom> withModules() {
    Stream<Element> everywhere =
        Stream.concat(Stream.of(project), all(project, List.of("profiles", "profile")));
    return Stream.concat(
        Stream.of(this),
        everywhere
            .flatMap(place -> all(place, List.of("modules", "module")))
            .map(module -> file.resolveSibling(module.getTextContent()).resolve("pom.xml"))
            .flatMap(module -> Pom.of(module).withModules()));
  }

  /** Returns what a reader of the published pom would look for and not find. */
  List<String> missing() {
    return Stream.concat(
            OWN.stream().filter(path -> text(path).isEmpty()),
            INHERITED.stream().filter(path -> inherited(path).isEmpty()))
        .toList();
  }

  boolean isPublished() {
    return !inherited("properties/unpublished").equals(Optional.of("true"));
  }

  Optional<Pom> parent() {
    String path = text("parent/relativePath").orElse("..");
    Path place = file.resolveSibling(path).normalize();
    return all(project, List.of("parent"))
        .findFirst()
        .map(parent -> Pom.of(Files.isDirectory(place) ? place.resolve("pom.xml") : place));
  }

  String artifact() {
    return text("artifactId").orElseThrow();
  }

  /** Returns what stands at a path of this pom, such as {@code scm/url}. */
  Optional<String> text(String path) {
    return all(project, List.of(path.split("/")))
        .map(element -> element.getTextContent().strip())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private Optional<String> inherited(String path) {
    return text(path).or(() -> parent().flatMap(parent -> parent.inherited(path)));
  }

  private static Stream<Element> all(Element from, List<String> path) {
    if (path.isEmpty()) {
      return Stream.of(from);
    }
    NodeList nodes = from.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .filter(element -> element.getTagName().equals(path.get(0)))
        .flatMap(element -> all(element, path.subList(1, path.size())));
  }

  @Override
  public String toString() {
    return Repository.name(file);
  }
}
