package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Exchanged;
import dev.rondo.core.merkle.Descent;
import dev.rondo.core.merkle.RingCut;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes this worker and one peer hold the same in the arcs that both own, by their Merkle trees:
 * the roots of all arcs first, then what lies below those that differ, down to buckets; these are
 * settled by {@link Buckets}. Arcs in which something moved are compared once more, so that it is
 * known whether they ended equal.
 */
final class TreeExchange {

  /** Arcs that are descended together: a message of a level has 512 KiB of digests at most. */
  private static final int ARCS = 16;

  private static final int PASSES = 3;

  private final RepairTools tools;
  private final Comparison comparison;
  private final RingCut cut;
  private final Errand errand;
  private final Buckets buckets;
  private int arcsTotal;
  private int arcsDone;

  /** An exchange that has not begun. */
  TreeExchange(RepairTools tools, Comparison comparison, Errand errand) {
    this.tools = tools;
    this.comparison = comparison;
    this.cut = RingCut.of(comparison.topology().ring());
    this.errand = errand;
    this.buckets = new Buckets(tools, comparison, cut, errand);
  }

  /** The part that is done, 0 to 1. */
  double done() {
    return arcsTotal == 0 ? 0 : (double) arcsDone / arcsTotal;
  }

  /** Whether this worker did not take what it lacks. */
  boolean hasLeft() {
    return buckets.hasLeft();
  }

  /** Whether one of the two did not take what it lacks. */
  boolean wasRefused() {
    return buckets.wasRefused();
  }

  /** Runs; false when one of both has no trees yet, and nothing was done. */
  Future<Boolean> run() {
    int owners = comparison.topology().state().ownersMax();
    List<Integer> common =
        cut.arcs(
            list ->
                list.isOwner(comparison.self(), owners)
                    && list.isOwner(comparison.peer().id(), owners));
    arcsTotal = common.size();
    return pass(common, 1);
  }

  private Future<Boolean> pass(List<Integer> arcs, int number) {
    Began began = new Began(tools.setup().time().millis(), System.nanoTime());
    return branches(0, arcs)
        .compose(
            roots ->
                roots.isEmpty()
                    ? Future.succeededFuture(false)
                    : pass(arcs, number, began, roots.get()));
  }

  /** The moment before anything was read. */
  private record Began(long millis, long nanos) {}

  /** Digests of the same nodes, from both sides. */
  private record Both(List<Long> mine, List<Long> theirs) {}

  private Future<Boolean> pass(List<Integer> arcs, int number, Began began, Both roots) {
    Descent top = new Descent(cut, arcs);
    top.compare(roots.mine(), roots.theirs());
    List<Integer> differing = top.differing();
    buckets.begin();
    done(number, arcs.size() - differing.size());
    return Steps.each(
            groups(differing),
            group -> descend(group).onSuccess(settled -> done(number, group.size())))
        .compose(settled -> ended(arcs, number, began));
  }

  private void done(int number, int arcs) {
    arcsDone += number == 1 ? arcs : 0;
    errand.progress().run();
  }

  private Future<Boolean> ended(List<Integer> arcs, int number, Began began) {
    List<Integer> unequal = arcs.stream().filter(buckets.unequal()::contains).toList();
    publish(arcs, began);
    return unequal.isEmpty() || number == PASSES || wasRefused()
        ? Future.succeededFuture(true)
        : pass(unequal, number + 1);
  }

  private void publish(List<Integer> arcs, Began began) {
    List<Exchanged.Arc> ended =
        arcs.stream()
            .map(
                arc ->
                    new Exchanged.Arc(cut.from(arc), cut.to(arc), !buckets.unequal().contains(arc)))
            .toList();
    tools
        .setup()
        .bus()
        .publish(
            Addresses.EXCHANGED,
            new Exchanged(
                comparison.peer().id(), comparison.epoch(), began.millis(), began.nanos(), ended));
  }

  private static Iterator<List<Integer>> groups(List<Integer> arcs) {
    return IntStream.iterate(0, from -> from < arcs.size(), from -> from + ARCS)
        .mapToObj(from -> arcs.subList(from, Math.min(arcs.size(), from + ARCS)))
        .iterator();
  }

  private Future<Void> descend(List<Integer> arcs) {
    Descent descent = Descent.below(cut, arcs);
    return Steps.repeat(
            () ->
                descent.isOver() ? Future.succeededFuture(false) : step(descent).map(taken -> true))
        .compose(down -> buckets.settle(new ArrayList<>(descent.differing())));
  }

  private Future<Void> step(Descent descent) {
    return branches(descent.level(), descent.parents())
        .map(
            both -> {
              if (both.isEmpty()) {
                throw new IllegalStateException("its Merkle trees are built anew");
              }
              descent.compare(both.get().mine(), both.get().theirs());
              return null;
            });
  }

  private Future<Optional<Both>> branches(int level, List<Integer> parents) {
    if (!errand.wanted().getAsBoolean()) {
      return Future.failedFuture(new IOException("it is not wanted any more"));
    }
    return errand.manners().get().compose(now -> ask(level, parents));
  }

  private Future<Optional<Both>> ask(int level, List<Integer> parents) {
    long moved = tools.remote().moved();
    var mine = tools.local().branches(comparison, level, parents);
    var theirs = tools.remote().branches(comparison, level, parents);
    return Future.all(mine, theirs)
        .map(done -> mine.result().flatMap(own -> with(own, theirs.result())))
        .compose(both -> tools.spendCompared(moved, both));
  }

  private static Optional<Both> with(List<Long> mine, Optional<List<Long>> theirs) {
    return theirs.map(other -> new Both(mine, other));
  }
}
