package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Inventory;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies of some keys that this worker does not own. Each is removed once every owner has said that
 * it holds that version or a newer one; an owner that does not is sent it first.
 *
 * <p>The state is looked at once more right before the removal. Should a newer one, by which this
 * worker is an owner, come in between all the same, nothing is lost: all owners by the older state
 * have the copy, and this worker is filled from them before anybody counts on it.
 */
final class Surplus {

  private final RepairTools tools;

  Surplus(RepairTools tools) {
    this.tools = tools;
  }

  /** Removes what the owners confirm; returns how many that were. */
  Future<Integer> remove(Cleanup.Run run, List<Inventory.Item> batch) {
    Map<Key, Version> copies =
        batch.stream().collect(Collectors.toMap(Inventory.Item::key, Inventory.Item::version));
    Set<Key> unconfirmed = new HashSet<>();
    return Steps.each(
            byOwner(run.state(), copies.keySet()).entrySet().iterator(),
            owner -> confirm(owner.getKey(), owner.getValue(), copies, unconfirmed))
        .compose(
            all -> {
              copies.keySet().removeAll(unconfirmed);
              return forget(run, copies);
            });
  }

  private static Map<Integer, List<Key>> byOwner(Topology state, Set<Key> keys) {
    Map<Integer, List<Key>> byOwner = new TreeMap<>();
    int owners = state.state().ownersMax();
    for (Key key : keys) {
      for (int owner : state.preferenceList(key).owners(owners)) {
        byOwner.computeIfAbsent(owner, first -> new ArrayList<>()).add(key);
      }
    }
    return byOwner;
  }

  /** Asks one owner, and notes the keys for which it cannot be relied upon. */
  private Future<Void> confirm(
      int owner, List<Key> keys, Map<Key, Version> copies, Set<Key> unconfirmed) {
    if (!tools.isReachable(owner)) {
      unconfirmed.addAll(keys);
      return Future.succeededFuture();
    }
    return lacking(owner, keys, copies)
        .compose(lacking -> push(owner, lacking))
        .otherwise(failure -> Set.copyOf(keys))
        .onSuccess(unconfirmed::addAll)
        .mapEmpty();
  }

  /** An owner whose record is damaged does not have the copy, whatever its index says. */
  private Future<List<Key>> lacking(int owner, List<Key> keys, Map<Key, Version> copies) {
    List<Future<Holding.Answer>> asked =
        keys.stream().map(key -> tools.transfer().held(owner, key, Holding.Want.INTACT)).toList();
    return Future.all(asked)
        .compose(
            all -> {
              List<Holding.Answer> answers = all.list();
              List<Key> lacking = new ArrayList<>();
              for (int i = 0; i < keys.size(); i++) {
                if (Transfer.cannotTell(answers.get(i))) {
                  return Future.failedFuture(new IOException("it cannot tell what it holds"));
                }
                if (!confirms(answers.get(i), copies.get(keys.get(i)))) {
                  lacking.add(keys.get(i));
                }
              }
              return Future.succeededFuture(lacking);
            });
  }

  private static boolean confirms(Holding.Answer answer, @Nullable Version copy) {
    return answer instanceof Holding.Answer.VersionOnly only
        && copy != null
        && !copy.isAfter(only.version());
  }

  /** Returns what the owner still does not hold. */
  private Future<Set<Key>> push(int owner, List<Key> lacking) {
    Set<Key> without = new HashSet<>(lacking);
    return new Portion(tools)
        .each(
            lacking,
            keys ->
                tools
                    .transfer()
                    .push(owner, keys)
                    .map(
                        pushed -> {
                          pushed.stored().forEach(without::remove);
                          return pushed.bytes();
                        }))
        .map(without);
  }

  private Future<Integer> forget(Cleanup.Run run, Map<Key, Version> confirmed) {
    if (!run.wanted().getAsBoolean()) {
      return Future.failedFuture(new IOException("it is not wanted any more"));
    }
    List<Storing.Entry> entries = new ArrayList<>();
    confirmed.forEach((key, version) -> entries.add(new Storing.Entry.Forget(key, version)));
    long timeout = tools.setup().config().timeouts().storeMillis();
    return tools
        .setup()
        .bus()
        .ask(Addresses.STORE, new Storing.Store(entries), timeout)
        .map(
            stored ->
                (int)
                    stored.results().stream()
                        .filter(result -> result == Storing.Result.Done.DURABLE)
                        .count());
  }
}
