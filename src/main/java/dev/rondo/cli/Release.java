package dev.rondo.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Rondo this is. */
final class Release implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Release.class.getPackage().getImplementationVersion())
            .orElse("(development)");
    return new String[] {"rondo " + version + ", Java " + Runtime.version()};
  }
}
