package dev.rondo.generation.echo;

import dev.rondo.bus.Bus;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.Handover;
import dev.rondo.bus.Replaceable;
import dev.rondo.config.NodeConfig;
import dev.rondo.generation.Count;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;

/** Numbers its answers without gaps, over all generations; every eighth takes a while. */
public final class EchoVerticle extends VerticleBase implements Replaceable {

  public static final Endpoint<String, String> ECHO = new Endpoint<>("test.echo");

  private final Bus bus;
  private final int pauseMillis;
  private long answers;
  private boolean acting;

  public EchoVerticle(NodeConfig config, Bus bus) {
    this.bus = bus;
    this.pauseMillis = config.timeouts().hedgeMillis() / 10;
  }

  @Override
  public Future<?> start() {
    bus.serve(ECHO, this::answer);
    return Future.succeededFuture();
  }

  private Future<String> answer(String question) {
    if (!acting) {
      return Future.failedFuture("another one acts");
    }
    String answer = "first:" + ++answers;
    return answers % 8 == 0
        ? vertx.timer(pauseMillis, TimeUnit.MILLISECONDS).map(answer)
        : Future.succeededFuture(answer);
  }

  @Override
  public Future<Void> takeOver(Handover state) {
    answers = state instanceof Count count ? count.answers() : 0;
    acting = true;
    return Future.succeededFuture();
  }

  @Override
  public Future<Handover> handOver() {
    acting = false;
    return Future.succeededFuture(new Count(answers));
  }

  @Override
  public Future<Void> retire() {
    return Future.succeededFuture();
  }
}
