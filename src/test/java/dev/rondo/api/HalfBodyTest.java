package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Bus;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.config.HttpConfig;
import dev.rondo.http.ClientSockets;
import dev.rondo.http.Doors;
import dev.rondo.http.Listening;
import dev.rondo.http.RawClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A value of which the rest does not come, while the verticle that reads it is replaced. */
class HalfBodyTest {

  /** With a second of silence at most. */
  private static final HttpConfig HTTP = new HttpConfig(0, 1, 200_000, 100, 1, Server.ORIGIN);

  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setEventLoopPoolSize(1))
          .withTransport(new Doors())
          .build();

  @AfterEach
  void stop() throws TimeoutException {
    finished(vertx.close());
  }

  @Test
  void it_is_not_waited_for_for_ever() throws TimeoutException {
    Bus bus = Bus.of(vertx);
    new Stubs().serve(bus);
    ClientSockets sockets = new ClientSockets(Server.config(HTTP));
    ApiVerticle first = verticle(bus, sockets);
    String id = finished(vertx.deployVerticle(new FirstGeneration<>(first)));
    finished(vertx.deployVerticle(new Listening(sockets)));
    try (RawClient client = new RawClient(sockets.port())) {
      client.send("PUT /kv/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
      ApiVerticle next = verticle(bus, sockets);
      finished(vertx.deployVerticle(next));
      Promise<Void> taken = Promise.promise();
      vertx.runOnContext(now -> first.handOver().compose(next::takeOver).onComplete(taken));
      finished(taken.future());
      finished(vertx.undeploy(id));

      assertThat(client.receive().status()).isEqualTo(408);
    }
  }

  private static ApiVerticle verticle(Bus bus, ClientSockets sockets) {
    return new ApiVerticle(
        Server.config(HTTP),
        bus,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        sockets,
        100);
  }

  private static <T> T finished(Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }
}
