package dev.rondo.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends is refused as the client's fault, and harms nobody else. */
class HostileRequestsIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(1);

  private static final int CLOSED = RawHttp.NOTHING;
  private static final String HOST = " HTTP/1.1\r\nHost: rondo\r\n";
  private static final String END = "Connection: close\r\n\r\n";

  static Stream<Arguments> requests() {
    return Stream.of(
        // Keys.
        of("an invalid byte in the key", get("/kv/%FF"), 400),
        of("an overlong encoding", get("/kv/%C0%AF"), 400),
        of("half a surrogate pair", get("/kv/%ED%A0%80"), 400),
        of("an escape that is none", get("/kv/%zz"), 400),
        of("an escape that is cut off", get("/kv/a%4"), 400),
        of("no key", put("/kv/", "v", ""), 400, 404, 405),
        of("a key of 1025 bytes", put("/kv/" + "k".repeat(1025), "v", ""), 400, 414),
        of("a path out of the store", get("/kv/../../etc/passwd"), 400, 404),
        of("an encoded path out of the store", get("/kv/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), 404),
        of("a raw byte beyond ASCII", get("/kv/\u00ff"), 400),
        of("a key with a line break", get("/kv/a%0d%0aSet-Cookie:%20x"), 404),
        // Parameters.
        of("w that is no number", put("/kv/k?w=many", "v", ""), 400, 422),
        of("w of nothing", put("/kv/k?w=0", "v", ""), 400, 422),
        of("w below nothing", put("/kv/k?w=-1", "v", ""), 400, 422),
        of("w beyond the copies", put("/kv/k?w=4", "v", ""), 422),
        of("w beyond any number", put("/kv/k?w=99999999999999999999", "v", ""), 400, 422),
        of("r beyond the copies", get("/kv/k?r=4"), 422),
        of("a timeout of nothing", get("/kv/k?timeout=0"), 400, 422),
        of("sloppy that is no claim", put("/kv/k?sloppy=maybe", "v", ""), 400, 422),
        of("a parameter twice", get("/kv/k?r=1&r=1"), 400),
        of("an invalid byte in a parameter", get("/node/keys?prefix=%FF"), 400, 422),
        of("a limit of nothing", get("/node/keys?limit=0"), 400, 422),
        of("a limit beyond all", get("/node/keys?limit=100000"), 400, 422),
        of("a cursor that is none", get("/node/keys?cursor=!!!"), 400, 422),
        // Methods and resources.
        of(
            "a method that the key has not",
            raw("POST /kv/k" + HOST + "Content-Length: 0\r\n" + END),
            405),
        of("a method that nobody has", raw("BREW /kv/k" + HOST + END), 405, 400),
        of("a resource that is not there", get("/nothing/here"), 404),
        of("a tunnel", raw("CONNECT example.org:443" + HOST + END), 400, 404, 405, CLOSED),
        // Sizes.
        of(
            "a value beyond the limit",
            raw("PUT /kv/k" + HOST + "Content-Length: 1048577\r\n" + END),
            413),
        of(
            "a value beyond all limits",
            raw("PUT /kv/k" + HOST + "Content-Length: 99999999999999999999\r\n" + END),
            400,
            413),
        of("a negative length", raw("PUT /kv/k" + HOST + "Content-Length: -1\r\n" + END), 400),
        of("a long request line", get("/kv/" + "k".repeat(100_000)), 414, 400),
        of(
            "large headers",
            raw("GET /kv/k" + HOST + "X: " + "x".repeat(200_000) + "\r\n" + END),
            431,
            400,
            CLOSED),
        of(
            "many headers",
            raw("GET /kv/k" + HOST + "X: y\r\n".repeat(50_000) + END),
            431,
            400,
            CLOSED),
        // Framing.
        of(
            "two lengths",
            raw("PUT /kv/k" + HOST + "Content-Length: 1\r\nContent-Length: 2\r\n" + END + "v"),
            400),
        of(
            "a length and chunks",
            raw(
                "PUT /kv/k"
                    + HOST
                    + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"
                    + END
                    + "0\r\n\r\n"),
            400),
        of(
            "a chunk of no size",
            raw(
                "PUT /kv/k"
                    + HOST
                    + "Transfer-Encoding: chunked\r\n"
                    + END
                    + "zz\r\nv\r\n0\r\n\r\n"),
            400,
            CLOSED),
        of("no host", raw("GET /kv/k HTTP/1.1\r\n" + END), 400),
        of(
            "a version that is none",
            raw("GET /kv/k HTTP/x.y\r\nHost: rondo\r\n" + END),
            400,
            CLOSED),
        of("a header without a name", raw("GET /kv/k" + HOST + ": x\r\n" + END), 400),
        of(
            "a space before the colon",
            raw("GET /kv/k" + HOST + "Content-Length : 0\r\n" + END),
            400),
        // A lone carriage return may be read as white space (RFC 9112, section 2.2).
        of("a line break in a header", raw("GET /kv/k" + HOST + "X: a\rb\r\n" + END), 400, 404),
        of(
            "no HTTP at all",
            raw("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n"),
            400,
            CLOSED),
        of("nothing but line breaks", raw("\r\n".repeat(100) + "x\r\n\r\n"), 400, CLOSED),
        // Conditions.
        of("a tag that is none", put("/kv/k", "v", "If-Match: not-a-tag\r\n"), 400, 412),
        of("If-None-Match of a version", put("/kv/k", "v", "If-None-Match: \"x\"\r\n"), 400, 412));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void it_is_the_clients_fault(String name, byte[] request, Set<Integer> allowed)
      throws IOException {
    String answer = RawHttp.exchange(cluster.httpPort(0), request);
    assertThat(allowed).as(answer).contains(RawHttp.status(answer));
    if (RawHttp.status(answer) == 405) {
      assertThat(answer).containsIgnoringCase("\r\nAllow: ");
    }
    stillServes();
  }

  @Test
  void an_unknown_transfer_encoding_is_not_implemented() throws IOException {
    byte[] request = raw("PUT /kv/k" + HOST + "Transfer-Encoding: gzip\r\n" + END);
    assertThat(RawHttp.status(RawHttp.exchange(cluster.httpPort(0), request))).isEqualTo(501);
    stillServes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.9", "2.0", "0.9"})
  void an_unknown_version_is_refused_in_a_known_one(String version) throws IOException {
    byte[] request = raw("GET /kv/k HTTP/" + version + "\r\nHost: rondo\r\n" + END);
    String answer = RawHttp.exchange(cluster.httpPort(0), request);
    assertThat(answer).startsWith("HTTP/1.1 505 ");
    stillServes();
  }

  /** More than fits into its memory, were all of it read before it is anybody's turn. */
  @Test
  void large_values_from_many_connections_at_once_wait_outside() throws InterruptedException {
    byte[] value = new byte[1 << 20];
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    List<Thread> clients =
        IntStream.range(0, 300)
            .mapToObj(i -> new Thread(() -> statuses.add(status("/kv/flood" + i, value))))
            .toList();
    clients.forEach(Thread::start);
    for (Thread client : clients) {
      client.join();
    }
    assertThat(statuses).contains(200).isSubsetOf(200, 503, 504);
    cluster.awaitAllOnline();
    stillServes();
  }

  /** Head and value apart: all clients share the one value. */
  private static int status(String path, byte[] value) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cluster.httpPort(0))) {
      socket.setSoTimeout(60_000);
      String head = "PUT " + path + HOST + "Content-Length: " + value.length + "\r\n" + END;
      socket.getOutputStream().write(raw(head));
      socket.getOutputStream().write(value);
      return RawHttp.status(new String(socket.getInputStream().readNBytes(13), ISO_8859_1));
    } catch (IOException broken) {
      return RawHttp.NOTHING;
    }
  }

  private static void stillServes() {
    KvClient client = cluster.client(0);
    assertThat(client.put("friendly", "value").status()).isEqualTo(200);
    assertThat(client.get("friendly", "").body()).isEqualTo("value");
  }

  private static Arguments of(String name, byte[] request, Integer... allowed) {
    return Arguments.of(name, request, Arrays.stream(allowed).collect(Collectors.toSet()));
  }

  private static byte[] get(String path) {
    return raw("GET " + path + HOST + END);
  }

  private static byte[] put(String path, String value, String headers) {
    return raw(
        "PUT "
            + path
            + HOST
            + headers
            + "Content-Length: "
            + value.length()
            + "\r\n"
            + END
            + value);
  }

  private static byte[] raw(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
