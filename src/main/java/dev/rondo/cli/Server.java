package dev.rondo.cli;

import dev.rondo.core.record.Key;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A node as its clients see it. Whatever it refuses is a {@link Refused}. */
final class Server {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final String PLAIN = "-._~/";

  private final String url;
  private final HttpClient client;

  /** The node at {@code url}, which is {@code http://host:port}. */
  Server(String url) {
    if (!url.matches("https?://[^/?#\\s]+/?")) {
      throw new IllegalArgumentException("--url is '" + url + "', allowed: http://host:port");
    }
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /** What a GET finds. */
  HttpResponse<byte[]> get(String path, Map<String, String> headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** Sends something; fails with {@link Refused} unless the answer is a success. */
  HttpResponse<byte[]> send(
      String method, String path, BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER).method(method, body);
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw Refused.of(response);
      }
      return response;
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new Refused(Exits.UNAVAILABLE, url + " does not answer; is the node running?");
    } catch (IOException e) {
      throw new Refused(
          method.equals("GET") ? Exits.UNAVAILABLE : Exits.UNKNOWN,
          "no answer from " + url + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Exits.FAILED, "interrupted");
    }
  }

  /** A key as a part of a path; {@link IllegalArgumentException} where it is none. */
  static String escaped(String key) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      throw new IllegalArgumentException("the key has half of a surrogate pair, which is no UTF-8");
    }
    byte[] octets = key.getBytes(StandardCharsets.UTF_8);
    if (octets.length < 1 || octets.length > Key.BYTES_MAX) {
      throw new IllegalArgumentException(
          "the key has %d bytes, allowed: 1 to %d".formatted(octets.length, Key.BYTES_MAX));
    }
    StringBuilder path = new StringBuilder();
    for (byte octet : octets) {
      char c = (char) (octet & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        path.append(c);
      } else {
        path.append("%%%02X".formatted((int) c));
      }
    }
    return path.toString();
  }
}
