package dev.rondo.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** What {@code openapi.json} promises, for tests that hold nodes to it. */
public final class ApiContract implements AutoCloseable {

  /** The library knows few media types; for it these are others of the same kind. */
  private static final Map<String, String> KINDS =
      Map.of(
          "\"application/problem+json\"", "\"application/vnd.problem+json\"",
          "\"application/merge-patch+json\"", "\"application/vnd.merge-patch+json\"",
          "\"application/x-ndjson\"", "\"application/octet-stream\"",
          "\"text/plain\"", "\"application/octet-stream\"",
          "\"*/*\"", "\"application/octet-stream\"");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ResponseValidator validator;

  /** One method of one path, as {@code /node/verticles/{name}}. */
  public record Operation(String id, String method, String path, List<String> nodes) {

    /** A path that it is for. */
    public String example() {
      return path.replace("{key}", "alpha").replace("{id}", "0").replace("{name}", "router");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Reads the document; throws when it breaks the rules of OpenAPI. */
  public ApiContract() {
    String text = text();
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      text = text.replace(kind.getKey(), kind.getValue());
    }
    JsonObject document = new JsonObject(text);
    // Nor does it know that a server may be where the document is.
    document.getJsonArray("servers").getJsonObject(0).put("url", "http://127.0.0.1/");
    OpenAPIContract contract =
        OpenAPIContract.from(vertx, document).toCompletionStage().toCompletableFuture().join();
    this.validator = ResponseValidator.create(vertx, contract);
  }

  /** The document. */
  public static JsonObject document() {
    return new JsonObject(text());
  }

  /** All operations. */
  public static Stream<Operation> operations() {
    JsonObject paths = document().getJsonObject("paths");
    return paths.fieldNames().stream()
        .flatMap(path -> paths.getJsonObject(path).stream().map(one -> operation(path, one)));
  }

  private static Operation operation(String path, Map.Entry<String, Object> one) {
    JsonObject operation = (JsonObject) one.getValue();
    return new Operation(
        operation.getString("operationId"),
        one.getKey().toUpperCase(Locale.ROOT),
        path,
        operation.getJsonArray("x-rondo-nodes").stream().map(String.class::cast).toList());
  }

  /** Throws when the answer is none that the operation promises. */
  public void check(String operation, int status, String type, String body) {
    if (!type.endsWith("json")) {
      return; // the library cannot look into anything else
    }
    String known = KINDS.getOrDefault("\"" + type + "\"", type).replace("\"", "");
    try {
      validator
          .validate(ValidatableResponse.create(status, Buffer.buffer(body), known), operation)
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException broken) {
      throw new AssertionError(
          "%s answered %d %s%n%s".formatted(operation, status, type, body), broken.getCause());
    }
  }

  /** Asks a node for everything; throws when it answers anything but what is promised. */
  public void hold(String node, String url) {
    operations().forEach(one -> hold(one, one.nodes().contains(node), url));
  }

  private void hold(Operation one, boolean has, String url) {
    HttpResponse<String> answer = send(one.method(), url + one.example());
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    boolean nothing =
        answer.statusCode() == 404 && answer.body().contains("There is nothing at this path");
    if (nothing == has) {
      throw new AssertionError(one + (has ? " is missing" : " is there, undocumented"));
    }
    if (!has) {
      return;
    }
    if (!one.method().equals("HEAD")) {
      check(one.id(), answer.statusCode(), type, answer.body());
    }
    checkMethods(one.path(), send("OPTIONS", url + one.example()));
  }

  /** Where the node passes it on, nobody may be there to answer. */
  private static void checkMethods(String path, HttpResponse<String> options) {
    Set<String> allowed = Set.of(options.headers().firstValue("Allow").orElse("").split(", "));
    if (options.statusCode() != 503 && !allowed.equals(methods(path))) {
      throw new AssertionError(path + " allows " + allowed + ", not " + methods(path));
    }
  }

  private static Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
    operations().filter(one -> one.path().equals(path)).forEach(one -> methods.add(one.method()));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private HttpResponse<String> send(String method, String url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.noBody());
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text() {
    try (InputStream in = ApiDocument.class.getResourceAsStream("openapi.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
