package dev.rondo.controller.web;

import dev.rondo.config.NodeConfig;
import dev.rondo.http.Answers;
import dev.rondo.http.Methods;
import dev.rondo.http.Query;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code /node}: the controller as a process. {@code /health/live}: it answers. {@code
 * /health/ready}: it knows the cluster.
 */
final class NodeRoutes {

  private final NodeConfig config;
  private final Supplier<Future<?>> roster;
  private final Answers answers;
  private final Methods methods;

  NodeRoutes(NodeConfig config, Supplier<Future<?>> roster, Answers answers, Methods methods) {
    this.config = config;
    this.roster = roster;
    this.answers = answers;
    this.methods = methods;
  }

  void mount(Router router) {
    methods.view(router, "/node", this::node);
    methods.view(router, "/health/live", request -> health(request, "event-loop", true));
    methods.view(
        router,
        "/health/ready",
        request ->
            answers.when(
                request,
                roster.get().map(true).otherwise(false),
                known -> health(request, "roster", known)));
  }

  private void node(HttpServerRequest request) {
    Query.parse(Target.of(request.uri()).query(), Set.of());
    answers.json(
        request,
        new JsonObject()
            .put("role", "controller")
            .put("name", "Controller")
            .put("cluster", config.cluster())
            .put("version", Snapshot.version())
            .put("uptime", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0)
            .put("pid", ProcessHandle.current().pid())
            .put("supervisedWorkers", config.supervisor().workers()));
  }

  private void health(HttpServerRequest request, String check, boolean up) {
    String status = up ? "UP" : "DOWN";
    request.response().setStatusCode(up ? 200 : 503);
    answers.json(
        request,
        new JsonObject()
            .put("status", status)
            .put(
                "checks",
                new JsonArray().add(new JsonObject().put("id", check).put("status", status))));
  }
}
