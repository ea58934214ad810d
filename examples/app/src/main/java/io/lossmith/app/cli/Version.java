package io.lossmith.app.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version runs, and on what. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "lossmith " + (version == null ? "(not packaged)" : version),
      "Java ${java.version}, ${java.vendor}; ${os.name} ${os.arch}"
    };
  }
}
