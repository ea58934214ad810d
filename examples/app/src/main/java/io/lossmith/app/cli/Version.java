package io.lossmith.app.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version runs, and on what. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {text(), "Java ${java.version}, ${java.vendor}; ${os.name} ${os.arch}"};
  }

  /** Returns name and version. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "lossmith " + (version == null ? "(not packaged)" : version);
  }
}
