package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.Exchanged;
import dev.rondo.bus.Lateness;
import dev.rondo.bus.Ripening;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.Storing;
import dev.rondo.config.StorageConfig.Durability;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.purge.Clearance;
import dev.rondo.core.purge.Obstacle;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.record.Bytes;
import dev.rondo.meters.Gauges;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the evidence that tombstones have done their work, and tells the storage which of them
 * may go; see {@link PurgeLedger}. Evidence ends with the state under which it was collected, and
 * whenever this worker was away: it does not know then what it missed.
 */
final class Purging {

  private static final long ASK_MILLIS = 10_000;
  private static final List<Long> NOTHING_RIPE = List.of();

  private final RepairTools tools;
  private final BooleanSupplier fit;
  private final BooleanSupplier clean;
  private final Gauges gauges;
  private @Nullable Topology topology;
  private @Nullable PurgeLedger ledger;
  private Ripening told = new Ripening(0, List.of());
  private long notBefore;
  private boolean acting;

  /**
   * Has no evidence yet, and collects none before it begins.
   *
   * @param fit whether this worker holds all that it should, and has caught up
   * @param clean whether it holds nothing that it should not
   */
  Purging(RepairTools tools, BooleanSupplier fit, BooleanSupplier clean) {
    this.tools = tools;
    this.fit = fit;
    this.clean = clean;
    this.gauges = new Gauges(tools.setup().meters());
    tools.setup().bus().subscribe(Addresses.EXCHANGED, this::learn);
  }

  /** Collects evidence from now on, until it is stopped; also when it was stopped before. */
  void begin() {
    acting = true;
    for (Obstacle obstacle : Obstacle.values()) {
      gauges.show(
          "rondo.purge.waiting",
          Tags.of("reason", obstacle.name().toLowerCase(Locale.ROOT)),
          "arcs",
          "Arcs of this worker whose tombstones wait, by what they wait for",
          () -> obstacles().getOrDefault(obstacle, 0));
    }
    forget();
  }

  /** How many arcs of this worker wait for what. */
  Map<Obstacle, Integer> obstacles() {
    PurgeLedger books = ledger;
    return books == null ? Map.of() : books.obstacles();
  }

  void follow(Topology newer) {
    topology = newer;
    forget();
  }

  /** Nothing is known any more of what others hold; they are asked anew at the next look. */
  void forget() {
    notBefore = Transport.millis();
    Topology state = topology;
    ledger =
        state != null && state.state().isSettled() && state.member(tools.setup().id()).isPresent()
            ? new PurgeLedger(
                tools.setup().id(), state, PurgeLedger.FRESH_MILLIS, PurgeLedger.HOLD_MILLIS)
            : null;
    tell();
  }

  private void learn(Exchanged news) {
    Topology state = topology;
    PurgeLedger books = ledger;
    if (books == null || state == null || state.state().epoch() != news.epoch()) {
      return;
    }
    long began = TimeUnit.NANOSECONDS.toMillis(news.beganNanos());
    long took = Transport.millis() - began;
    long tookByTime = nowMillis() - news.beganMillis();
    if (Math.abs(took - tookByTime) > tools.setup().config().clock().maxDriftMillis()) {
      // This worker goes by another time since, which tells nothing of when it began.
      return;
    }
    for (Exchanged.Arc arc : news.arcs()) {
      if (arc.equal()) {
        books.exchanged(news.peer(), arc.to(), news.beganMillis(), began, Transport.millis());
      }
    }
  }

  /** By the time by which versions are made. */
  private long nowMillis() {
    return tools.setup().time().millis();
  }

  private long startedMillis() {
    return nowMillis() - ManagementFactory.getRuntimeMXBean().getUptime();
  }

  /** Asks the members now and then, and draws conclusions. */
  void look() {
    PurgeLedger books = ledger;
    Topology state = topology;
    if (books == null || state == null || !acting) {
      return;
    }
    books.advance(nowMillis(), Transport.millis());
    tell();
    if (Transport.millis() >= notBefore) {
      notBefore = Transport.millis() + ASK_MILLIS;
      state.state().members().forEach(member -> ask(books, state, member));
    }
  }

  private void ask(PurgeLedger books, Topology state, Member member) {
    long asked = Transport.millis();
    PeerLink link = tools.peers().link(member.id());
    long timeout = tools.setup().config().timeouts().replicaMillis();
    Future<Clearance> said =
        member.id() == tools.setup().id()
            ? clearance(state.state().epoch(), asked)
            : link == null
                ? Future.failedFuture("it is not reached")
                : link.ask(
                    WireClearance.ask(state.state().epoch()),
                    answer -> WireClearance.read(answer, asked),
                    timeout);
    said.onComplete(
        clearance -> books.cleared(member.id(), clearance),
        silent -> books.cleared(member.id(), null));
  }

  /** What this worker says of itself to one that goes by a state. */
  Future<Clearance> clearance(long epoch, long askedMillis) {
    PurgeLedger books = ledger;
    Topology state = topology;
    if (state == null || books == null || state.state().epoch() != epoch || !fit.getAsBoolean()) {
      return Future.succeededFuture(
          new Clearance(askedMillis, startedMillis(), false, false, 0, NOTHING_RIPE));
    }
    boolean isClean = clean.getAsBoolean();
    return writerHasCaughtUp()
        .compose(
            stored ->
                Future.all(
                    ask(Addresses.STORAGE_FIGURES, StorageFigures.Ask.NOW),
                    ask(Addresses.LATENESS, Lateness.Ask.NOW)))
        .map(
            both ->
                new Clearance(
                    askedMillis,
                    startedMillis(),
                    ledger == books,
                    isClean,
                    hints(both.resultAt(0)),
                    ripe(books, both.resultAt(1))));
  }

  private <Q, A> Future<A> ask(Endpoint<Q, A> endpoint, Q question) {
    long timeout = tools.setup().config().timeouts().storeMillis();
    return tools.setup().bus().ask(endpoint, question, timeout);
  }

  private static long hints(StorageFigures figures) {
    return figures.hints().values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<Long> ripe(PurgeLedger books, Lateness late) {
    RingCut cut = books.cut();
    return books.ripeByArc(arc -> late.between(cut.from(arc), cut.to(arc)));
  }

  /**
   * What the storage was given before is stored: a hint that still waits to be written, perhaps for
   * minutes on a disk that hangs, is in no figure, and may be older than anything that is taken in.
   */
  private Future<?> writerHasCaughtUp() {
    return ask(Addresses.STORE, new Storing.Store(List.of(last())))
        .compose(
            stored ->
                stored.results().get(0) == Storing.Result.Done.DURABLE
                    ? Future.succeededFuture()
                    : Future.failedFuture("the storage refuses"));
  }

  /**
   * What others saw here must not be lost again by a power cut, and a note is synced in any case.
   * Where everything is, no hints that were delivered have their turn as well, and cost no fsync.
   */
  private Storing.Entry last() {
    return tools.setup().config().storage().durability() == Durability.SYNC
        ? new Storing.Entry.Delivered(tools.setup().id(), List.of())
        : new Storing.Entry.Note("purge.synced", Bytes.utf8("1"));
  }

  private void tell() {
    if (!acting) {
      return;
    }
    Topology state = topology;
    PurgeLedger books = ledger;
    long epoch = state == null ? 0 : state.state().epoch();
    List<Ripening.Part> parts =
        books == null
            ? List.of()
            : books.ripe().stream()
                .map(
                    ripe ->
                        new Ripening.Part(
                            ripe.from(), ripe.to(), ripe.ripe(), ripe.purge(), ripe.sinceMillis()))
                .toList();
    Ripening now = new Ripening(epoch, parts);
    if (!now.equals(told)) {
      told = now;
      tools.setup().bus().publish(Addresses.RIPENED, now);
    }
  }

  void stop() {
    acting = false;
    gauges.close();
  }
}
