package dev.rondo.controller.journal;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Events;
import dev.rondo.bus.Events.Ask;
import dev.rondo.bus.Events.Logged;
import dev.rondo.bus.Events.Page;
import dev.rondo.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers what happens to the cluster and remembers the last {@value Events#KEPT_MAX} of it, also
 * over restarts. An event that cannot be written is remembered all the same.
 */
public final class JournalVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(JournalVerticle.class);

  private final Bus bus;
  private final EventFile file;
  private final int keptMax;
  private final Deque<Logged> kept = new ArrayDeque<>();
  private long newest;
  private Future<?> written = Future.succeededFuture();

  public JournalVerticle(NodeConfig config, Bus bus) {
    this(config.folder().resolve("events.ndjson"), bus, Events.KEPT_MAX);
  }

  JournalVerticle(Path file, Bus bus, int keptMax) {
    this.bus = bus;
    this.keptMax = keptMax;
    this.file = new EventFile(file, keptMax);
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(file::load).map(this::begin);
  }

  /** What was told is written before the node ends. */
  @Override
  public Future<?> stop() {
    return written;
  }

  private Void begin(Deque<Logged> loaded) {
    kept.addAll(loaded);
    newest = kept.isEmpty() ? 0 : kept.getLast().seq();
    bus.subscribe(Addresses.EVENT, this::take);
    bus.serve(Addresses.EVENTS, ask -> Future.succeededFuture(page(ask)));
    return null;
  }

  private void take(ClusterEvent event) {
    newest++;
    Logged logged = new Logged(newest, System.currentTimeMillis(), event);
    kept.addLast(logged);
    if (kept.size() > keptMax) {
      kept.removeFirst();
    }
    write(logged);
    bus.publish(Addresses.EVENT_LOGGED, logged);
  }

  /** In order: Vert.x runs the blocking work of one verticle one after the other. */
  private void write(Logged logged) {
    List<Logged> now = List.copyOf(kept);
    written =
        vertx
            .executeBlocking(
                () -> {
                  file.append(logged, now);
                  return null;
                })
            .otherwise(
                failure -> {
                  log.warn("Event not written seq={} reason={}", logged.seq(), failure.toString());
                  return null;
                });
  }

  private Page page(Ask ask) {
    List<Logged> events = ask.since() == Ask.LATEST ? last(ask.limit()) : behind(ask);
    return new Page(events, kept.isEmpty() ? 0 : kept.getFirst().seq(), newest);
  }

  private List<Logged> behind(Ask ask) {
    return kept.stream().filter(one -> one.seq() > ask.since()).limit(ask.limit()).toList();
  }

  private List<Logged> last(int limit) {
    List<Logged> last = new ArrayList<>();
    Iterator<Logged> backwards = kept.descendingIterator();
    while (backwards.hasNext() && last.size() < limit) {
      last.add(0, backwards.next());
    }
    return last;
  }
}
