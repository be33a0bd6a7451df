package dev.rondo.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which workers hold which version of the keys with one prefix, as each of them says. */
final class Holdings {

  private final Nodes cluster;
  private final Map<String, Map<Integer, String>> versions = new TreeMap<>();
  private int hints;

  private Holdings(Nodes cluster) {
    this.cluster = cluster;
  }

  /** Asks every worker. */
  static Holdings of(Nodes cluster, String prefix) {
    Holdings holdings = new Holdings(cluster);
    cluster.ids().forEach(worker -> holdings.collect(worker, prefix));
    return holdings;
  }

  /** Every key that any worker holds. */
  Set<String> keys() {
    return versions.keySet();
  }

  /** The workers that hold a key. */
  Set<Integer> holders(String key) {
    return versions.getOrDefault(key, Map.of()).keySet();
  }

  /** How many hints wait anywhere. */
  int hints() {
    return hints;
  }

  /** A sentence for each of the keys that is not on exactly its owners in one version. */
  List<String> faults(Collection<String> expected) {
    List<String> faults = new ArrayList<>();
    Set<String> keys = new TreeSet<>(versions.keySet());
    keys.addAll(expected);
    int copies = cluster.copies();
    for (String key : keys) {
      Map<Integer, String> held = versions.getOrDefault(key, Map.of());
      Set<Integer> owners = cluster.owners(key, copies);
      if (!held.keySet().equals(owners) || Set.copyOf(held.values()).size() != 1) {
        faults.add("'%s' is on %s, owners are %s".formatted(key, held, owners));
      }
    }
    return faults;
  }

  private void collect(int worker, String prefix) {
    String path =
        "/node/keys?all=true&limit=1000&prefix="
            + URLEncoder.encode(prefix, StandardCharsets.UTF_8);
    String cursor = "";
    do {
      JsonObject page = cluster.client(worker).get(path + cursor).json();
      note(worker, page.getJsonArray("items"));
      String next = page.getString("next");
      cursor = next == null ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty());
  }

  private void note(int worker, JsonArray items) {
    for (int i = 0; i < items.size(); i++) {
      JsonObject item = items.getJsonObject(i);
      if (item.getValue("hintFor") != null) {
        hints++;
      } else if (!item.getBoolean("tombstone", false)) {
        versions
            .computeIfAbsent(item.getString("key"), none -> new TreeMap<>())
            .put(worker, item.getString("version"));
      }
    }
  }
}
