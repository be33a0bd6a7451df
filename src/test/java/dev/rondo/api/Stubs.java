package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Locating;
import dev.rondo.bus.PurgeObstacles;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Attempt;
import dev.rondo.bus.Redeploying.Code;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Redeploy;
import dev.rondo.bus.Redeploying.Step;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Redeploying.Verticles;
import dev.rondo.bus.Scanning;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.Writing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the other verticles say; each answer can be replaced by a test. */
final class Stubs {

  static final Version VERSION = Version.of(1_700_000_000_000L, 2, 0);
  static final Writing.Outcome ACKNOWLEDGED =
      new Writing.Outcome.Acknowledged(
          VERSION,
          2,
          1,
          2,
          3,
          Writing.Note.HINTED,
          0,
          List.of(
              new Writing.Acknowledgement(0, 0, 812), new Writing.Acknowledgement(3, 1, 12_345)));

  private static final Verticle ROUTER =
      new Verticle(
          "router",
          true,
          1,
          3,
          new Code("2.0+abc", "a.jar"),
          1,
          4,
          new Code("1.0", null),
          Attempt.begun("7", Action.REDEPLOY, 4, new Code("3.0", null), 1).at(Step.TAKING_OVER, 0));

  final BlockingQueue<Writing.Write> writes = new LinkedBlockingQueue<>();
  final BlockingQueue<Reading.Read> reads = new LinkedBlockingQueue<>();
  final BlockingQueue<Listing.Page> pages = new LinkedBlockingQueue<>();
  final BlockingQueue<Locating.Locate> located = new LinkedBlockingQueue<>();

  volatile Function<Writing.Write, Future<Writing.Outcome>> write;
  volatile Function<Reading.Read, Future<Reading.Outcome>> read;
  volatile Function<Listing.Page, Future<Listing.Listed>> list;
  final BlockingQueue<Scanning.Scan> scans = new LinkedBlockingQueue<>();
  volatile Function<Scanning.Scan, Future<Scanning.Outcome>> scan;
  volatile Function<Locating.Locate, Future<Locating.Located>> locate;
  volatile Future<Fitness> fitness;
  volatile Future<StorageFigures> storage;
  volatile Future<Reachability> reachability;
  volatile Future<Topology> topology;
  volatile Future<PurgeObstacles> purging;
  final BlockingQueue<Redeploy> redeploys = new LinkedBlockingQueue<>();
  volatile Function<Redeploy, Future<Outcome>> redeploy;

  Stubs() {
    reset();
  }

  /** Everybody is well, every write succeeds, no key exists. */
  void reset() {
    writes.clear();
    reads.clear();
    pages.clear();
    located.clear();
    scans.clear();
    redeploys.clear();
    redeploy = wish -> Future.succeededFuture(new Outcome.Accepted(ROUTER));
    scan = asked -> Future.succeededFuture(new Scanning.Outcome.Page(List.of(), null));
    write = asked -> Future.succeededFuture(ACKNOWLEDGED);
    read = asked -> Future.succeededFuture(new Reading.Outcome.NotFound(Version.NONE, 1));
    list = asked -> Future.succeededFuture(new Listing.Listed(List.of(), null));
    locate = asked -> Future.succeededFuture(new Locating.Located(List.of(), List.of()));
    fitness = Future.succeededFuture(new Fitness(true, true, true, true, true, false, -3));
    storage =
        Future.succeededFuture(
            new StorageFigures(
                StorageFigures.Health.OPEN,
                7,
                5,
                1234,
                99_999,
                Map.of(2, 3L, 1, 4L),
                70,
                1,
                null,
                List.of()));
    reachability = Future.succeededFuture(new Reachability(Set.of(2)));
    topology = Future.succeededFuture(fourWorkers());
    purging = Future.succeededFuture(new PurgeObstacles(Map.of()));
  }

  void serve(Bus bus) {
    bus.serve(Addresses.WRITE, asked -> noted(writes, asked, write));
    bus.serve(Addresses.READ, asked -> noted(reads, asked, read));
    bus.serve(Addresses.LIST, asked -> noted(pages, asked, list));
    bus.serve(Addresses.SCAN, asked -> noted(scans, asked, scan));
    bus.serve(Addresses.LOCATE, asked -> noted(located, asked, locate));
    bus.serve(Addresses.FITNESS, asked -> fitness);
    bus.serve(Addresses.STORAGE_FIGURES, asked -> storage);
    bus.serve(Addresses.REACHABILITY, asked -> reachability);
    bus.serve(Addresses.PURGE_OBSTACLES, asked -> purging);
    bus.serve(Addresses.TOPOLOGY, asked -> topology);
    bus.serve(
        Addresses.VERTICLES,
        asked -> Future.succeededFuture(new Verticles("/srv/jars", List.of(ROUTER))));
    bus.serve(Addresses.REDEPLOY, asked -> noted(redeploys, asked, redeploy));
  }

  /** Reads find this value under every key. */
  void hold(String contentType, byte[] value) {
    read =
        asked ->
            Future.succeededFuture(
                new Reading.Outcome.Found(
                    StoredRecord.live(asked.key(), VERSION, contentType, Bytes.wrap(value)), 2));
  }

  private static Topology fourWorkers() {
    List<Member> members =
        IntStream.range(0, 4).mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001)).toList();
    return new Topology(new ClusterState(7, 10, new Quorums(3, 2, 2), members));
  }

  private static <Q, A> Future<A> noted(
      BlockingQueue<Q> questions, Q asked, Function<Q, Future<A>> answer) {
    questions.add(asked);
    return answer.apply(asked);
  }
}
