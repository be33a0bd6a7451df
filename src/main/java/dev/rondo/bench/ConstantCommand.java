package dev.rondo.bench;

import dev.rondo.config.PlainVertx;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code rondo bench-constant}: a router that answers everything with one constant, so that a node
 * can be compared with the least that any answer over HTTP costs.
 */
@Command(
    name = "bench-constant",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Answers every request with a constant, for comparison.")
public final class ConstantCommand implements Callable<Integer> {

  private static final Buffer ANSWER =
      Buffer.buffer(
          "{\"status\":\"success\",\"replicas\":2,\"note\":\"background_write_active\","
              + "\"w\":2,\"n\":3,\"hinted\":0,\"version\":\"0000000000000000-0\"}");

  @Option(names = "--port", paramLabel = "PORT", description = "Where to listen; 0 for a free one")
  private int port;

  // Replaced by the command line that this belongs to.
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Serves until the process ends. */
  @Override
  public Integer call() throws InterruptedException {
    Vertx vertx = Vertx.vertx(PlainVertx.options().setEventLoopPoolSize(1));
    HttpServer server = serve(vertx, port);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Answering on http://127.0.0.1:" + server.actualPort());
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  static HttpServer serve(Vertx vertx, int port) {
    Router router = Router.router(vertx);
    router
        .route("/kv/*")
        .handler(
            request ->
                request.response().putHeader("Content-Type", "application/json").end(ANSWER));
    return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1").await();
  }
}
