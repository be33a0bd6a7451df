package dev.rondo.http;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Ask;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Redeploying.Redeploy;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Redeploying.Verticles;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /node/verticles}: which generations run in this node, and replacing them. */
public final class VerticleRoutes {

  private static final String ALL = "/node/verticles";
  private static final List<String> KEYS = List.of("jar", "config");

  private final Bus bus;
  private final Intake intake;
  private final long timeoutMillis;
  private final Answers answers;
  private final Methods methods;

  public VerticleRoutes(
      Bus bus, Intake intake, long timeoutMillis, Answers answers, Methods methods) {
    this.bus = bus;
    this.intake = intake;
    this.timeoutMillis = timeoutMillis;
    this.answers = answers;
    this.methods = methods;
  }

  /** Adds the resources. */
  public void mount(Router router) {
    methods.view(router, ALL, this::all);
    router
        .route(ALL + "/:name")
        .handler(
            context -> methods.view(context.request(), request -> one(request, name(context))));
    router
        .route(ALL + "/:name/redeploy")
        .handler(context -> post(context.request(), name(context), Action.REDEPLOY));
    router
        .route(ALL + "/:name/rollback")
        .handler(context -> post(context.request(), name(context), Action.ROLLBACK));
  }

  private static String name(RoutingContext context) {
    return context.pathParam("name");
  }

  private void all(HttpServerRequest request) {
    noQuery(request);
    answers.when(request, verticles(), known -> answers.json(request, VerticleJson.of(known)));
  }

  private void one(HttpServerRequest request, String name) {
    noQuery(request);
    answers.when(
        request,
        verticles().map(known -> named(known, name)),
        verticle -> answers.json(request, VerticleJson.of(verticle)));
  }

  private static Verticle named(Verticles known, String name) {
    return known.all().stream()
        .filter(verticle -> verticle.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new Rejection(ProblemCode.NOT_FOUND, "There is no such verticle in this node"));
  }

  private Future<Verticles> verticles() {
    return bus.ask(Addresses.VERTICLES, Ask.NOW, timeoutMillis).recover(Faults::ofRead);
  }

  private void post(HttpServerRequest request, String name, Action action) {
    if (!request.method().equals(HttpMethod.POST)) {
      methods.other(request, "POST, OPTIONS");
      return;
    }
    LocalOnly.check(request);
    noQuery(request);
    List<String> keys = action == Action.REDEPLOY ? KEYS : List.of();
    Future<Outcome> outcome =
        JsonBody.read(request, intake, keys)
            .map(body -> wish(name, action, body))
            .compose(wish -> bus.ask(Addresses.REDEPLOY, wish, timeoutMillis))
            .recover(VerticleRoutes::unanswered);
    answers.when(request, outcome, done -> answer(request, done));
  }

  private static Future<Outcome> unanswered(Throwable failure) {
    return failure instanceof Rejection ? Future.failedFuture(failure) : Faults.ofWrite(failure);
  }

  /** What a body wishes; throws {@link Rejection}. */
  public static Redeploy wish(String name, Action action, JsonObject body) {
    Object jar = body.getValue("jar");
    Object config = body.getValue("config");
    if (!(jar == null || jar instanceof String)) {
      throw new Rejection(ProblemCode.MALFORMED_JSON, "jar is not the name of a file");
    }
    if (!(config == null || config instanceof JsonObject)) {
      throw new Rejection(ProblemCode.MALFORMED_JSON, "config is not an object");
    }
    String ticket = UUID.randomUUID().toString();
    return new Redeploy(ticket, action, name, (String) jar, text((JsonObject) config));
  }

  private static String text(@Nullable JsonObject config) {
    return config == null ? "" : config.encode();
  }

  private void answer(HttpServerRequest request, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      throw new Rejection(code(refused.reason()), refused.detail());
    }
    Verticle verticle = ((Outcome.Accepted) outcome).verticle();
    request
        .response()
        .setStatusCode(202)
        .putHeader(HttpHeaders.LOCATION, ALL + "/" + verticle.name());
    answers.json(request, VerticleJson.of(verticle));
  }

  /** The problem that a refusal is. */
  public static ProblemCode code(Reason reason) {
    return switch (reason) {
      case UNKNOWN -> ProblemCode.NOT_FOUND;
      case NOT_REPLACEABLE -> ProblemCode.NOT_REPLACEABLE;
      case BUSY -> ProblemCode.REDEPLOY_IN_PROGRESS;
      case NOTHING_TO_GO_BACK_TO -> ProblemCode.NOTHING_TO_GO_BACK_TO;
      case UNUSABLE_JAR -> ProblemCode.UNUSABLE_JAR;
      case IMPOSSIBLE_CONFIG -> ProblemCode.IMPOSSIBLE_CONFIG;
    };
  }

  private static void noQuery(HttpServerRequest request) {
    Query.parse(Target.of(request.uri()).query(), Set.of());
  }
}
