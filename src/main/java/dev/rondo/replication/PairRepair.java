package dev.rondo.replication;

import io.vertx.core.Future;

/**
 * Makes this worker and one peer hold the same of the keys that both own: by their Merkle trees
 * when both have them, else by a scan of the index. A run that breaks may be repeated.
 */
final class PairRepair {

  private final RepairTools tools;
  private final Comparison comparison;
  private final Errand errand;
  private final Reconcile scan;
  private TreeExchange trees;

  PairRepair(RepairTools tools, Comparison comparison, Errand errand) {
    this.tools = tools;
    this.comparison = comparison;
    this.errand = errand;
    this.trees = new TreeExchange(tools, comparison, errand);
    this.scan =
        new Reconcile(tools, comparison, errand.tally(), errand.wanted(), errand.progress());
  }

  /** How many of {@link Comparison#RANGES} are done, or as much by trees. */
  long compared() {
    return Math.max(scan.compared(), (long) (trees.done() * Comparison.RANGES.count()));
  }

  /** Whether one of the two did not take what it lacks, so that they are compared again. */
  boolean wasRefused() {
    return scan.wasRefused() || trees.wasRefused();
  }

  /** Whether this worker did not take what it lacks. */
  boolean hasLeft() {
    return scan.hasLeft() || trees.hasLeft();
  }

  /** Goes on to the end. */
  Future<Void> run() {
    long before = tools.remote().moved();
    trees = new TreeExchange(tools, comparison, errand);
    return trees
        .run()
        .compose(
            possible -> possible ? Future.succeededFuture(true) : scan.run().map(scanned -> false))
        .onSuccess(tools.meters()::exchanged)
        .onComplete(done -> tools.meters().compared(tools.remote().moved() - before))
        .mapEmpty();
  }
}
