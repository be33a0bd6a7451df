package dev.rondo.replication;

import dev.rondo.bus.Digesting;
import dev.rondo.core.digest.Looks;
import dev.rondo.core.digest.RangeSums;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes this worker and one peer hold the same of the keys that both own, the newest of everything.
 *
 * <p>Digests are compared a slice of the ring at a time, then versions where digests differ, then
 * records move where versions do. A run that breaks goes on where it was. Writes that arrive
 * meanwhile at one of the two only look like a difference, which costs a transfer for nothing.
 */
final class Reconcile {

  /** Keys that a slice should have, and versions that are compared together. */
  private static final long SLICE_KEYS = 200_000;

  private static final long VERSIONS = 8_192;
  private static final int FIRST_SLICE = 256;

  private final RepairTools tools;
  private final Comparison comparison;
  private final Tally tally;
  private final BooleanSupplier wanted;
  private final Runnable progress;
  private final Portion fetches;
  private final Portion pushes;
  private int slice = FIRST_SLICE;
  private int compared;
  private boolean refused;
  private boolean left;
  private boolean pushesLeft;

  /**
   * A comparison that has not begun.
   *
   * @param wanted when this turns false, the run ends with a failure
   * @param progress is run when more ranges are done
   */
  Reconcile(
      RepairTools tools,
      Comparison comparison,
      Tally tally,
      BooleanSupplier wanted,
      Runnable progress) {
    this.tools = tools;
    this.comparison = comparison;
    this.tally = tally;
    this.wanted = wanted;
    this.progress = progress;
    this.fetches = new Portion(tools);
    this.pushes = new Portion(tools);
  }

  /** How many ranges are done. */
  int compared() {
    return compared;
  }

  /** Whether one of the two did not take what it lacks, so that they are compared again. */
  boolean wasRefused() {
    return refused || left || pushesLeft;
  }

  /** Whether this worker did not take what it lacks. */
  boolean hasLeft() {
    return left;
  }

  /** Goes on to the last range. */
  Future<Void> run() {
    return Steps.repeat(
        () ->
            compared == Comparison.RANGES.count()
                ? Future.succeededFuture(false)
                : compareSlice().map(done -> true));
  }

  private Future<Void> compareSlice() {
    int from = compared;
    int count = Math.min(slice, Comparison.RANGES.count() - from);
    if (!wanted.getAsBoolean()) {
      return given();
    }
    Future<Digesting.Digests> mine = tools.local().digests(comparison, from, count);
    Future<Digesting.Digests> theirs = tools.remote().digests(comparison, from, count);
    return Future.all(mine, theirs)
        .compose(both -> compare(from, mine.result(), theirs.result()))
        .onSuccess(done -> reached(from + count));
  }

  private static Future<Void> given() {
    return Future.failedFuture(new IOException("it is not wanted any more"));
  }

  /** Slices and groups get larger where there are few keys, smaller where there are many. */
  private Future<Void> compare(int from, Digesting.Digests mine, Digesting.Digests theirs) {
    int count = mine.sums().size();
    long keys = 1 + Math.max(mine.keys(), theirs.keys());
    slice = (int) Math.max(1, Math.min(16L * count, SLICE_KEYS * count / keys));
    int group = (int) Math.max(1, Math.min(count, VERSIONS * count / keys));
    List<Integer> differing = RangeSums.differing(from, mine.sums(), theirs.sums());
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < differing.size(); i += group) {
      groups.add(differing.subList(i, Math.min(differing.size(), i + group)));
    }
    return Steps.each(groups.iterator(), this::settle);
  }

  private void reached(int range) {
    compared = range;
    progress.run();
  }

  private Future<Void> settle(List<Integer> ranges) {
    if (!wanted.getAsBoolean()) {
      return given();
    }
    reached(ranges.get(0));
    var mine = tools.local().versions(comparison, ranges);
    var theirs = tools.remote().versions(comparison, ranges);
    return Future.all(mine, theirs)
        .map(both -> new Looks.Look(mine.result(), theirs.result()))
        .map(look -> Looks.settle(look, look))
        .compose(
            differences ->
                fetches
                    .each(tally.differing(differences).fetch(), this::fetch)
                    .compose(fetched -> pushes.each(differences.push(), this::push)));
  }

  private Future<Long> fetch(List<Key> keys) {
    return tools
        .transfer()
        .fetch(comparison.peer().id(), keys)
        .map(
            fetched -> {
              left |= fetched.left() > 0;
              tally.fetched(fetched.keys(), fetched.bytes());
              tally.left(fetched.left());
              return fetched.bytes();
            });
  }

  /** A peer that refuses, for want of space most likely, is not sent any more in this run. */
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
              tally.sent(pushed.stored().size(), pushed.bytes());
              tally.left(pushed.left());
              return pushed.bytes();
            });
  }
}
