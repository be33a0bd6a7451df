package dev.rondo.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /metrics}, for Prometheus. Collecting takes a while and is done off the event loop. */
public final class MetricsRoute {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final MeterRegistry meters;
  private final Answers answers;
  private final Methods methods;

  public MetricsRoute(Vertx vertx, MeterRegistry meters, Answers answers, Methods methods) {
    this.vertx = vertx;
    this.meters = meters;
    this.answers = answers;
    this.methods = methods;
  }

  public void mount(Router router) {
    prometheus()
        .ifPresent(
            registry -> methods.view(router, "/metrics", request -> scrape(request, registry)));
  }

  private void scrape(HttpServerRequest request, PrometheusMeterRegistry registry) {
    answers.when(
        request,
        vertx.executeBlocking(() -> registry.scrape()),
        text -> {
          request
              .response()
              .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
              .putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF);
          answers.body(request, Buffer.buffer(text));
        });
  }

  private Optional<PrometheusMeterRegistry> prometheus() {
    Stream<MeterRegistry> registries =
        meters instanceof CompositeMeterRegistry all
            ? all.getRegistries().stream()
            : Stream.of(meters);
    return registries
        .filter(PrometheusMeterRegistry.class::isInstance)
        .map(PrometheusMeterRegistry.class::cast)
        .findFirst();
  }
}
