package dev.rondo.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.record.Bytes;
import dev.rondo.http.RawClient;
import dev.rondo.http.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A key is what was sent, byte by byte, or it is refused. */
class KeyPathProperties {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@!$&'()*+,;=";
  private static Server server;

  @BeforeContainer
  static void start() {
    server = new Server();
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(Character.MIN_VALUE, '\uD7FF')
        .withCharRange('\uE000', Character.MAX_VALUE)
        .withChars("/.%? ")
        .ofMinLength(1)
        .ofMaxLength(330);
  }

  @Property
  void however_a_text_is_encoded_it_is_decoded_to_itself(
      @ForAll("texts") String text, @ForAll long seed) {
    byte[] bytes = text.getBytes(UTF_8);
    Assume.that(bytes.length <= 1024);
    assertThat(KeyPath.parse("/kv/" + encoded(bytes, seed), "/kv/").bytes().toArray())
        .isEqualTo(bytes);
  }

  @Property
  void bytes_are_a_key_exactly_when_they_are_utf_8(@ForAll @Size(min = 1, max = 20) byte[] bytes) {
    String path = "/kv/" + encoded(bytes, 0);
    if (isUtf8(bytes)) {
      assertThat(KeyPath.parse(path, "/kv/").bytes()).isEqualTo(Bytes.wrap(bytes));
    } else {
      assertThatThrownBy(() -> KeyPath.parse(path, "/kv/")).isInstanceOf(Rejection.class);
    }
  }

  @Property(tries = 300)
  void a_key_survives_the_whole_way_in(@ForAll("texts") String text, @ForAll long seed)
      throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    Assume.that(bytes.length <= 1024);
    server.stubs.reset();
    try (RawClient client = server.connect()) {
      client.send("GET /kv/" + encoded(bytes, seed) + " HTTP/1.1\r\nHost: rondo\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(404);
    }
    assertThat(server.stubs.reads.take().key().bytes().toArray()).isEqualTo(bytes);
  }

  /** Leaves some of what may stay as it is, escapes the rest, in digits of either case. */
  private static String encoded(byte[] bytes, long seed) {
    Random random = new Random(seed);
    StringBuilder path = new StringBuilder();
    for (byte octet : bytes) {
      String character = new String(new byte[] {octet}, ISO_8859_1);
      if (PLAIN.contains(character) && random.nextBoolean()) {
        path.append(character);
      } else {
        path.append((random.nextBoolean() ? "%%%02x" : "%%%02X").formatted(octet & 0xff));
      }
    }
    return path.toString();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
