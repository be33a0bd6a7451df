package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wishes for another generation of a verticle, and tells what becomes of it. */
final class Replacing {

  private static final long LOOK_MILLIS = 200;

  private final ClientCommand command;
  private final Server server;
  private final String name;
  private final @Nullable Integer worker;
  private final boolean node;
  private final Set<Object> told = new HashSet<>();

  /** For one worker, for the node at the URL itself, or else for all workers. */
  Replacing(
      ClientCommand command, Server server, String name, @Nullable Integer worker, boolean node) {
    this.command = command;
    this.server = server;
    this.name = name;
    this.worker = worker;
    this.node = node;
    if (!name.matches("[a-z-]{1,32}")) {
      throw new IllegalArgumentException("'" + name + "' is no verticle");
    }
    ClientCommand.require("--worker", worker, 0, Long.MAX_VALUE);
    if (node && worker != null) {
      throw new IllegalArgumentException("--node is the node at --url, --worker another one");
    }
  }

  /** Completes when it is over; fails with {@link Refused} when it did not succeed. */
  void run(String action, JsonObject body) throws InterruptedException {
    JsonObject end = node ? one(action, body) : rollout(action, body);
    if (command.isJson()) {
      command.show(end);
    }
    if (!"succeeded".equals(end.getString("status"))) {
      throw new Refused(Exits.FAILED, failure(end));
    }
  }

  private JsonObject one(String action, JsonObject body) throws InterruptedException {
    String path = "/node/verticles/" + name;
    JsonObject last =
        ClientCommand.write(server, "POST", path + "/" + action, body).getJsonObject("last");
    String id = last.getString("id");
    while ("running".equals(last.getString("status"))) {
      pause();
      last = ClientCommand.read(server, path).getJsonObject("last");
      if (!id.equals(last.getString("id"))) {
        throw new Refused(Exits.UNKNOWN, "somebody else replaces " + name + " meanwhile");
      }
    }
    say(name + ": " + last.getString("status"));
    return last;
  }

  private JsonObject rollout(String action, JsonObject body) throws InterruptedException {
    String path =
        worker == null ? "/cluster/verticles/" : "/cluster/workers/" + worker + "/verticles/";
    JsonObject now =
        ClientCommand.write(server, "POST", path + name + "/" + action, body)
            .getJsonObject("rollout");
    String id = now.getString("id");
    tell(now);
    while ("running".equals(now.getString("status"))) {
      pause();
      now = ClientCommand.read(server, "/cluster/verticles").getJsonObject("rollout");
      if (now == null || !id.equals(now.getString("id"))) {
        throw new Refused(Exits.UNKNOWN, "the controller knows nothing of it any more");
      }
      tell(now);
    }
    return now;
  }

  private void tell(JsonObject rollout) {
    for (Object one : rollout.getJsonArray("workers")) {
      JsonObject part = (JsonObject) one;
      String status = part.getString("status");
      if (!status.equals("waiting") && told.add(part.getInteger("id") + status)) {
        say("Worker " + part.getInteger("id") + ": " + status);
      }
    }
  }

  private String failure(JsonObject end) {
    if (node) {
      return String.valueOf(end.getString("reason"));
    }
    String reason = "";
    for (Object one : end.getJsonArray("workers")) {
      JsonObject part = (JsonObject) one;
      reason = part.getString("reason") == null ? reason : part.getString("reason");
    }
    return "stopped at Worker %d: %s%s"
        .formatted(
            end.getInteger("worker"),
            reason,
            end.getBoolean("rollbackOffered") ? "; `rondo rollback " + name + "` goes back" : "");
  }

  private void say(String line) {
    if (!command.isJson()) {
      command.out().println(line);
      command.out().flush();
    }
  }

  private static void pause() throws InterruptedException {
    boolean never = new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    if (never) {
      throw new IllegalStateException();
    }
  }
}
