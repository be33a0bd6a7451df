package dev.rondo.api;

import dev.rondo.config.NodeConfig;
import dev.rondo.http.Answers;
import dev.rondo.http.Methods;
import dev.rondo.http.Query;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Set;

/** {@code /node}: this worker, as it sees itself. */
final class NodeRoutes {

  private final NodeConfig config;
  private final Views views;
  private final Answers answers;
  private final Methods methods;

  NodeRoutes(NodeConfig config, Views views, Answers answers, Methods methods) {
    this.config = config;
    this.views = views;
    this.answers = answers;
    this.methods = methods;
  }

  void mount(Router router) {
    methods.view(router, "/node", this::node);
  }

  /** Shows what there is: a verticle that does not answer leaves a gap, not a failure. */
  private void node(HttpServerRequest request) {
    Query.parse(Target.of(request.uri()).query(), Set.of());
    var fitness = Views.optional(views.fitness());
    var storage = Views.optional(views.storage());
    var topology = Views.optional(views.topology());
    var reachability = Views.optional(views.reachability());
    var purging = Views.optional(views.purgeObstacles());
    answers.when(
        request,
        Future.all(fitness, storage, topology, reachability, purging)
            .map(
                all ->
                    new NodeView(
                        config,
                        fitness.result().orElse(null),
                        storage.result().orElse(null),
                        topology.result().orElse(null),
                        reachability.result().orElse(null),
                        purging.result().orElse(null))),
        view -> answers.json(request, view.json()));
  }
}
