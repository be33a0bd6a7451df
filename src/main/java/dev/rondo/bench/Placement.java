package dev.rondo.bench;

import dev.rondo.core.record.Key;
import dev.rondo.core.ring.Ring;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who holds which key, as each worker says itself, against who should by the ring's arithmetic: no
 * worker is asked what the ring is.
 */
final class Placement {

  private static final int PAGE = 1000;

  private final Caller caller;
  private final List<Target> targets;
  private final int replicationFactor;
  private final int vnodes;

  Placement(Caller caller, List<Target> targets, int replicationFactor, int vnodes) {
    this.caller = caller;
    this.targets = targets;
    this.replicationFactor = replicationFactor;
    this.vnodes = vnodes;
  }

  /** A sentence for each word that is not on exactly its owners in one version. */
  Future<List<String>> faults(List<String> words) {
    Map<String, Map<Integer, String>> held = new HashMap<>();
    words.forEach(word -> held.put(word, new HashMap<>()));
    Set<Integer> workers = new HashSet<>();
    Future<Void> all = Future.succeededFuture();
    for (Target target : targets) {
      all =
          all.compose(none -> json(target, "/node"))
              .map(node -> node.getInteger("id"))
              .onSuccess(workers::add)
              .compose(id -> collect(target, id, "", held));
    }
    return all.map(none -> compare(held, Ring.of(workers, vnodes)));
  }

  private List<String> compare(Map<String, Map<Integer, String>> held, Ring ring) {
    List<String> faults = new ArrayList<>();
    held.forEach(
        (word, versions) -> {
          int position = Key.of(word).position();
          Set<Integer> owners =
              new HashSet<>(ring.preferenceList(position).owners(replicationFactor));
          if (!owners.equals(versions.keySet())) {
            faults.add("'%s' is on %s, not %s".formatted(word, versions.keySet(), owners));
          } else if (new HashSet<>(versions.values()).size() > 1) {
            faults.add("'%s' has several versions: %s".formatted(word, versions));
          }
        });
    return faults;
  }

  /** Reads page after page of what one worker holds. */
  private Future<Void> collect(
      Target target, int worker, String cursor, Map<String, Map<Integer, String>> held) {
    String query = cursor.isEmpty() ? "" : "&cursor=" + Words.escape(cursor);
    return json(target, "/node/keys?limit=" + PAGE + query)
        .compose(
            page -> {
              note(worker, page.getJsonArray("items"), held);
              String next = page.getString("next");
              return next == null ? Future.succeededFuture() : collect(target, worker, next, held);
            });
  }

  private static void note(int worker, JsonArray items, Map<String, Map<Integer, String>> held) {
    for (int i = 0; i < items.size(); i++) {
      JsonObject item = items.getJsonObject(i);
      Map<Integer, String> versions = held.get(item.getString("key"));
      if (versions != null) {
        versions.put(worker, item.getString("version"));
      }
    }
  }

  private Future<JsonObject> json(Target target, String uri) {
    return caller
        .fetch(target, HttpMethod.GET, uri, null)
        .compose(
            reply -> {
              if (!reply.answer().isOk()) {
                return Future.failedFuture(
                    target.url() + uri + " answered " + reply.answer().label());
              }
              try {
                return Future.succeededFuture(reply.body().toJsonObject());
              } catch (DecodeException e) {
                return Future.failedFuture(target.url() + uri + " answered no JSON");
              }
            });
  }
}
