package dev.rondo.replication;

import dev.rondo.core.digest.Differences;
import dev.rondo.core.digest.Looks;
import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.digest.Looks.Look;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settles buckets of the Merkle trees in which this worker and a peer differ: looks at the versions
 * of both, a moment later once more, and moves the newer records of what differs both times, in
 * both directions. There is no second look where everything that differs was written so long ago
 * that it cannot be under way.
 */
final class Buckets {

  /** Keys that are compared together. */
  private static final int KEYS = 16_384;

  private static final int BUCKETS_MAX = 4_096;
  private static final long PAUSE_MILLIS = 250;

  private final RepairTools tools;
  private final Comparison comparison;
  private final RingCut cut;
  private final Errand errand;
  private final Portion fetches;
  private final Portion pushes;
  private final Set<Integer> unequal = new HashSet<>();
  private int together = 256;
  private boolean refused;
  private boolean left;
  private boolean pushesLeft;

  Buckets(RepairTools tools, Comparison comparison, RingCut cut, Errand errand) {
    this.tools = tools;
    this.comparison = comparison;
    this.cut = cut;
    this.errand = errand;
    this.fetches = new Portion(tools);
    this.pushes = new Portion(tools);
  }

  /** Another pass begins, in which nothing was found to differ yet. */
  void begin() {
    unequal.clear();
  }

  /** The arcs in which something was found to differ, and was perhaps made equal. */
  Set<Integer> unequal() {
    return unequal;
  }

  /** Whether one of the two did not take what it lacks. */
  boolean wasRefused() {
    return refused || left || pushesLeft;
  }

  /** Whether this worker did not take what it lacks. */
  boolean hasLeft() {
    return left;
  }

  /** Settles all of these. */
  Future<Void> settle(List<Integer> buckets) {
    List<Integer> left = new ArrayList<>(buckets);
    return Steps.repeat(
        () -> {
          if (left.isEmpty()) {
            return Future.succeededFuture(false);
          }
          List<Integer> some = left.subList(0, Math.min(together, left.size()));
          List<Integer> next = List.copyOf(some);
          some.clear();
          return settleTogether(next).map(done -> true);
        });
  }

  private Future<Void> settleTogether(List<Integer> buckets) {
    return look(buckets)
        .compose(
            first -> {
              adapt(buckets.size(), first);
              Differences seen = Looks.settle(first, first);
              return seen.isEmpty() ? Future.succeededFuture() : confirm(seen, first);
            });
  }

  private void adapt(int buckets, Look look) {
    int keys = 1 + Math.max(look.mine().size(), look.theirs().size());
    long fitting = (long) KEYS * buckets / keys;
    together = (int) Math.max(1, Math.min(Math.min(BUCKETS_MAX, 4L * together), fitting));
  }

  private Future<Void> confirm(Differences seen, Look first) {
    if (isOld(seen, first)) {
      return move(seen);
    }
    Set<Key> doubtful = new HashSet<>(seen.fetch());
    doubtful.addAll(seen.push());
    List<Integer> buckets =
        doubtful.stream().map(key -> cut.bucketOf(key.position())).distinct().toList();
    Look before = new Look(only(doubtful, first.mine()), only(doubtful, first.theirs()));
    return tools
        .vertx()
        .timer(PAUSE_MILLIS)
        .compose(later -> look(buckets))
        .compose(second -> move(Looks.settle(before, second)));
  }

  private static Map<Key, Held> only(Set<Key> keys, Map<Key, Held> held) {
    held.keySet().retainAll(keys);
    return held;
  }

  /** Whether all that differs is older than any write takes to reach its owners. */
  private boolean isOld(Differences seen, Look look) {
    long patience = 2L * tools.setup().config().timeouts().requestMillis();
    long before = tools.setup().time().millis() - patience;
    return Stream.concat(
            seen.fetch().stream().map(look.theirs()::get),
            seen.push().stream().map(look.mine()::get))
        .allMatch(held -> held != null && held.version().millis() < before);
  }

  private Future<Look> look(List<Integer> buckets) {
    if (!errand.wanted().getAsBoolean()) {
      return Future.failedFuture(new IOException("it is not wanted any more"));
    }
    return errand.manners().get().compose(now -> ask(buckets));
  }

  private Future<Look> ask(List<Integer> buckets) {
    long moved = tools.remote().moved();
    var mine = tools.local().buckets(comparison, buckets);
    var theirs = tools.remote().buckets(comparison, buckets);
    return Future.all(mine, theirs)
        .map(both -> new Look(mine.result(), theirs.result()))
        .compose(look -> tools.spendCompared(moved, look));
  }

  private Future<Void> move(Differences differences) {
    errand.tally().differing(differences);
    Stream.concat(differences.fetch().stream(), differences.push().stream())
        .forEach(key -> unequal.add(cut.arcOf(cut.depth(), cut.bucketOf(key.position()))));
    return fetches
        .each(differences.fetch(), keys -> errand.manners().get().compose(now -> fetch(keys)))
        .compose(
            fetched ->
                pushes.each(
                    differences.push(), keys -> errand.manners().get().compose(now -> push(keys))));
  }

  private Future<Long> fetch(List<Key> keys) {
    return tools
        .transfer()
        .fetch(comparison.peer().id(), keys)
        .map(
            fetched -> {
              left |= fetched.left() > 0;
              errand.tally().fetched(fetched.keys(), fetched.bytes());
              errand.tally().left(fetched.left());
              return fetched.bytes();
            });
  }

  private Future<Long> push(List<Key> keys) {
    if (refused) {
      return Future.succeededFuture(0L);
    }
    return tools
        .transfer()
        .push(comparison.peer().id(), keys)
        .map(
            pushed -> {
              refused = pushed.refused() > 0;
              pushesLeft |= pushed.left() > 0;
              errand.tally().sent(pushed.stored().size(), pushed.bytes());
              errand.tally().left(pushed.left());
              return pushed.bytes();
            });
  }
}
