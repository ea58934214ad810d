package io.lossmith.spark;

import io.lossmith.app.io.BadInput;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** What executors are sent: Spark's own parts they have. */
final class Jars {
  private static final String APP = "lossmith-app-";

  private Jars() {}

  /**
   * Returns the jar of this class, that of the app, and those that the app names.
   *
   * @throws BadInput if this does not run from jars
   */
  static List<String> ours() {
    try {
      Path own = Path.of(Jars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = own.resolveSibling("lib");
      List<Path> jars = new ArrayList<>(List.of(own));
      try (var files = Files.newDirectoryStream(lib, APP + "*.jar")) {
        for (Path app : files) {
          jars.add(app);
          jars.addAll(named(app));
        }
      }
      return jars.stream().filter(Files::isRegularFile).map(Path::toString).toList();
    } catch (IOException | URISyntaxException e) {
      throw new BadInput(
          "train: executors cannot be sent the program, for there is no jar of it ("
              + e.getMessage()
              + "); start it by examples/spark/run.",
          e);
    }
  }

  /** Returns where the jars lie here that a jar's class path names. */
  private static List<Path> named(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String path = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      List<Path> jars = new ArrayList<>();
      for (String name : path.split(" ")) {
        jars.add(jar.resolveSibling(new File(name).getName()));
      }
      return jars;
    }
  }
}
