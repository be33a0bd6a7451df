package dev.rondo.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BusProtocolTest {

  @Test
  void the_build_writes_the_version_of_the_code_into_the_jar() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    assertThat(build)
        .contains("<bus.protocol>" + BusProtocol.VERSION + "</bus.protocol>")
        .contains("<" + BusProtocol.ATTRIBUTE + ">${bus.protocol}</" + BusProtocol.ATTRIBUTE + ">");
  }
}
