package dev.rondo.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/**
 * {@code /openapi.json}: what clients can ask of workers and controllers, for programs. It is
 * written by hand, and tests hold it to what the nodes answer.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI Specification 3.1</a>
 */
public final class ApiDocument {

  public static final String PATH = "/openapi.json";

  private static final String RESOURCE = "openapi.json";
  private static final int TAG_BYTES = 8;

  private final Future<Tagged> document;
  private final Answers answers;
  private final Methods methods;

  private record Tagged(Buffer body, String tag) {}

  public ApiDocument(Vertx vertx, Answers answers, Methods methods) {
    this.document = vertx.executeBlocking(ApiDocument::read);
    this.answers = answers;
    this.methods = methods;
  }

  public void mount(Router router) {
    methods.view(router, PATH, this::document);
  }

  private void document(HttpServerRequest request) {
    Query.parse(Target.of(request.uri()).query(), Set.of());
    EntityTags known =
        EntityTags.of(request.headers(), HttpHeaders.IF_NONE_MATCH, "If-None-Match", "0a1b");
    answers.when(
        request,
        document,
        found -> {
          request
              .response()
              .putHeader(HttpHeaders.ETAG, EntityTags.quoted(found.tag()))
              .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
          if (known != null && known.matches(found.tag())) {
            request.response().setStatusCode(304).end();
            return;
          }
          request
              .response()
              .putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON)
              .putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF);
          answers.body(request, found.body());
        });
  }

  private static Tagged read() throws IOException, NoSuchAlgorithmException {
    try (InputStream in = ApiDocument.class.getResourceAsStream(RESOURCE)) {
      byte[] body = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return new Tagged(Buffer.buffer(body), HexFormat.of().formatHex(digest, 0, TAG_BYTES));
    }
  }
}
