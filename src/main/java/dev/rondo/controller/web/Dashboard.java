package dev.rondo.controller.web;

import dev.rondo.http.Answers;
import dev.rondo.http.Bodies;
import dev.rondo.http.Methods;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The dashboard as files. {@code assets/} holds what has its content's hash in its name and may be
 * kept forever; everything else is asked for again each time.
 */
final class Dashboard {

  static final String INDEX = "index.html";
  private static final String HASHED = "assets/";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("woff2", "font/woff2"));

  /** In order of preference: how a client calls it, how the file's name ends. */
  private static final List<Map.Entry<String, String>> COMPRESSED =
      List.of(Map.entry("br", ".br"), Map.entry("gzip", ".gz"));

  private static final String WITHOUT =
      """
      <!doctype html>
      <html lang="en">
      <title>Distributed Key-Value Store</title>
      <h1>Distributed Key-Value Store</h1>
      <p>Controller running on port %d. This jar was built without the dashboard
      (<code>-Dskip.ui</code>): <code>./run.sh</code> builds one that has it.</p>
      <p>What the dashboard would show: <a href="/cluster">/cluster</a>,
      <a href="/cluster/events">/cluster/events</a>.</p>
      </html>
      """;

  private final Assets assets;
  private final ContentPolicy policy;
  private final int port;
  private final Answers answers;
  private final Methods methods;

  Dashboard(Assets assets, ContentPolicy policy, int port, Answers answers, Methods methods) {
    this.assets = assets;
    this.policy = policy;
    this.port = port;
    this.answers = answers;
    this.methods = methods;
  }

  /** Adds all paths that nothing else has; {@code router} must have everything else already. */
  void mount(Router router) {
    router.route().handler(context -> handle(context.request()));
  }

  private void handle(HttpServerRequest request) {
    String path = request.path();
    String name = path == null || path.equals("/") ? INDEX : path.substring(1);
    answers.when(request, assets.read(name), file -> answer(request, name, file));
  }

  private void answer(HttpServerRequest request, String name, Optional<Buffer> file) {
    if (file.isEmpty() && !name.equals(INDEX)) {
      throw new Rejection(ProblemCode.NOT_FOUND, "There is nothing at this path");
    }
    methods.view(
        request,
        read -> {
          policy.apply(request);
          request
              .response()
              .putHeader(HttpHeaders.CONTENT_TYPE, type(name))
              .putHeader(HttpHeaders.CACHE_CONTROL, caching(name));
          if (file.isPresent()) {
            request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            answers.when(
                request, compressed(request, name), found -> send(request, found, file.get()));
          } else {
            Bodies.end(request, Buffer.buffer(WITHOUT.formatted(port)));
          }
        });
  }

  private void send(HttpServerRequest request, Optional<Encoded> compressed, Buffer plain) {
    compressed.ifPresent(
        one -> request.response().putHeader(HttpHeaders.CONTENT_ENCODING, one.encoding()));
    Bodies.end(request, compressed.map(Encoded::file).orElse(plain));
  }

  private Future<Optional<Encoded>> compressed(HttpServerRequest request, String name) {
    Future<Optional<Encoded>> found = Future.succeededFuture(Optional.empty());
    String accepted = request.headers().get(HttpHeaders.ACCEPT_ENCODING);
    if (accepted == null) {
      return found;
    }
    for (Map.Entry<String, String> one : COMPRESSED) {
      if (accepts(accepted, one.getKey())) {
        found =
            found.compose(
                earlier ->
                    earlier.isPresent()
                        ? Future.succeededFuture(earlier)
                        : assets
                            .read(name + one.getValue())
                            .map(file -> file.map(it -> new Encoded(one.getKey(), it))));
      }
    }
    return found;
  }

  private static boolean accepts(String accepted, String encoding) {
    return Pattern.compile(
            "(?:^|,)\\s*" + encoding + "\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))[^,]*)?(?:,|$)")
        .matcher(accepted)
        .find();
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private static String caching(String name) {
    return name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache";
  }

  private record Encoded(String encoding, Buffer file) {}
}
