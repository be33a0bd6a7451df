package dev.rondo;

import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.UUID;

/** The one registry of a node, and what is measured of its process and of Vert.x. */
final class Metrics {

  /** Measured by the parts themselves, more cheaply than once for each request and message. */
  private static final EnumSet<MetricsDomain> LEFT_OUT =
      EnumSet.of(
          MetricsDomain.EVENT_BUS,
          MetricsDomain.HTTP_SERVER,
          MetricsDomain.HTTP_CLIENT,
          MetricsDomain.NET_SERVER,
          MetricsDomain.NET_CLIENT,
          MetricsDomain.DATAGRAM_SOCKET);

  private Metrics() {}

  static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new FileDescriptorMetrics().bindTo(registry);
    return registry;
  }

  /** Lets Vert.x report to the registry: JVM, pools, verticles. */
  static VertxBuilder builder(VertxOptions options, PrometheusMeterRegistry registry) {
    MicrometerMetricsOptions metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setJvmMetricsEnabled(true)
            // Registries of one name are one, also between the nodes of one process.
            .setRegistryName(UUID.randomUUID().toString());
    LEFT_OUT.forEach(metrics::addDisabledMetricsCategory);
    return Vertx.builder()
        .with(options.setMetricsOptions(metrics))
        .withMetrics(new MicrometerMetricsFactory(registry));
  }
}
