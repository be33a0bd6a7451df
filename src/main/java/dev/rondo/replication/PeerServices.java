package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Hinting;
import dev.rondo.bus.Holding;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Scanning;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Request;
import io.vertx.core.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the other verticles of this node can ask of its peers. */
final class PeerServices {

  private static final Logger log = LoggerFactory.getLogger(PeerServices.class);

  private final Peers peers;
  private final LastSeen lastSeen;
  private final long replicaMillis;

  PeerServices(NodeSetup setup, Peers peers, LastSeen lastSeen) {
    this.peers = peers;
    this.lastSeen = lastSeen;
    this.replicaMillis = setup.config().timeouts().replicaMillis();
  }

  void serve(Bus bus) {
    bus.serve(Addresses.SEND, this::send);
    bus.serve(Addresses.FETCH, this::fetch);
    bus.serve(Addresses.FETCH_HINT, this::fetchHint);
    bus.serve(Addresses.FORWARD_WRITE, this::forwardWrite);
    bus.serve(Addresses.FORWARD_READ, this::forwardRead);
    bus.serve(Addresses.FETCH_PAGE, this::fetchPage);
    bus.serve(Addresses.FETCH_STAMP, this::fetchStamp);
    bus.serve(Addresses.REACHABILITY, now -> Future.succeededFuture(peers.reachability()));
  }

  private Future<Storing.Result> send(Peering.Send question) {
    int peer = question.peer();
    Storing.Entry entry = question.entry();
    Future<Storing.Result> result =
        ask(peer, WireRequests.send(entry, question.fresh()), WireAnswers::stored, replicaMillis);
    if (entry instanceof Storing.Entry.Put put) {
      lastSeen.stamped(put.record().version());
      if (log.isDebugEnabled()) {
        return result.onSuccess(done -> confirmed(peer, put, done));
      }
    }
    return result;
  }

  private static void confirmed(int peer, Storing.Entry.Put put, Storing.Result result) {
    if (result instanceof Storing.Result.Done) {
      log.debug(
          "Replicated '{}' worker={} version={}",
          put.key().printable(),
          peer,
          put.record().version());
    }
  }

  private Future<Holding.Answer> fetch(Peering.Fetch question) {
    return ask(
        question.peer(),
        WireRequests.fetch(question.key(), question.want()),
        answer -> WireAnswers.held(question.key(), answer),
        replicaMillis);
  }

  private Future<Hinting.Kept> fetchHint(Peering.FetchHint question) {
    return ask(
        question.peer(),
        WireRequests.fetchHint(question.key()),
        answer -> WireAnswers.kept(question.key(), answer),
        replicaMillis);
  }

  private Future<Writing.Outcome> forwardWrite(Peering.ForwardWrite question) {
    Writing.Forwarded write = question.write();
    lastSeen.stamped(write.version());
    return ask(
        question.peer(),
        WireRequests.write(write),
        WireWrites::outcome,
        write.write().timeoutMillis());
  }

  private Future<Reading.Outcome> forwardRead(Peering.ForwardRead question) {
    Reading.Read read = question.read();
    return ask(
        question.peer(),
        WireRequests.read(read),
        answer -> WireReads.outcome(read.key(), answer),
        read.timeoutMillis());
  }

  private Future<Scanning.Rows> fetchPage(Peering.ListPage question) {
    return ask(question.peer(), WireLists.list(question.scan()), WireLists::rows, replicaMillis);
  }

  private Future<Version> fetchStamp(Peering.AskStamp question) {
    return ask(question.peer(), WireRequests.stamp(), WireAnswers::stamp, replicaMillis);
  }

  private <T> Future<T> ask(
      int peer, Request.Builder request, Function<Answer, T> reader, long timeoutMillis) {
    PeerLink link = peers.link(peer);
    return link == null
        ? Future.failedFuture(new PeerFault(peer, PeerFault.Kind.NOT_SENT, "it is no other member"))
        : link.ask(request, reader, Math.max(1, timeoutMillis));
  }
}
