package dev.rondo.cluster;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One worker's REST interface, one request at a time. */
final class KvClient {

  /** An answer. */
  record Reply(int status, String body, java.net.http.HttpHeaders headers) {

    JsonObject json() {
      return new JsonObject(body);
    }

    /** The stable name of a problem; empty when there is none. */
    String code() {
      boolean problem = header("Content-Type").startsWith("application/problem+json");
      return problem ? json().getString("code") : "";
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  // The client's own pool grows without need on few cores, so it gets one.
  private static final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "kv-client");
            thread.setDaemon(true);
            return thread;
          });

  private static final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(threads)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String url;

  KvClient(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  /** Writes; {@code query} such as {@code ?w=3}, or empty. */
  Reply put(String key, String value, String query) {
    return send("PUT", path(key) + query, BodyPublishers.ofString(value));
  }

  Reply put(String key, String value) {
    return put(key, value, "");
  }

  Reply get(String key, String query) {
    return get(path(key) + query);
  }

  Reply delete(String key) {
    return send("DELETE", path(key), BodyPublishers.noBody());
  }

  /** Reads any path. */
  Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** Reads a listing, one item a line. */
  Reply stream(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Accept", "application/x-ndjson")
            .timeout(Duration.ofSeconds(60))
            .build());
  }

  /** Changes a document, which must have the entity tag {@code basedOn} unless that is empty. */
  Reply patch(String path, String json, String basedOn) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method("PATCH", BodyPublishers.ofString(json))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(20));
    return send(basedOn.isEmpty() ? request.build() : request.header("If-Match", basedOn).build());
  }

  /** Asks for something to happen. */
  Reply post(String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .POST(BodyPublishers.ofString(json))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(20))
            .build());
  }

  /** Has something done. */
  Reply post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  /** Whether there is an answer at all, and it is 200. */
  boolean isOk(String path) {
    try {
      return get(path).status() == 200;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  static String path(String key) {
    return "/kv/" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Reply send(String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, body)
            .timeout(Duration.ofSeconds(20))
            .build();
    return send(request);
  }

  private static Reply send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Reply(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
