package dev.rondo.replication;

import dev.rondo.http.InnerDoor;
import dev.rondo.http.InnerPort;
import dev.rondo.http.Socket;
import dev.rondo.proto.Answers;
import dev.rondo.proto.PeerGrpcService;
import dev.rondo.proto.Requests;
import dev.rondo.wire.PeerState.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the peers that call this worker, at a socket which belongs to the node. */
final class PeerServer {

  private static final Logger log = LoggerFactory.getLogger(PeerServer.class);

  /** Calls may finish what they began for this long when the worker stops. */
  private static final long FINISH_MILLIS = 1_000;

  private static final String CALL_AGAIN = "call again at once";

  private final NodeSetup setup;
  private final Context context;
  private final Inbound.Reception reception;
  private final Attendant attendant;
  private final InnerDoor calls;
  private final Set<Inbound> inbounds = new HashSet<>();
  private final List<Inbound> leaving = new ArrayList<>();
  private @Nullable Socket socket;
  private boolean gaveUp;

  PeerServer(
      NodeSetup setup,
      Context context,
      Inbound.Reception reception,
      Attendant attendant,
      PullService pulls,
      CompareService comparisons,
      TreeService trees) {
    this.setup = setup;
    this.context = context;
    this.reception = reception;
    this.attendant = attendant;
    GrpcServer server = Transport.server(context.owner());
    server.callHandler(PeerGrpcService.Exchange, this::exchange);
    server.callHandler(PeerGrpcService.Pull, pulls::serve);
    server.callHandler(PeerGrpcService.Digest, comparisons::digest);
    server.callHandler(PeerGrpcService.Versions, comparisons::versions);
    server.callHandler(PeerGrpcService.Branches, trees::branches);
    server.callHandler(PeerGrpcService.Buckets, trees::buckets);
    this.calls = new InnerDoor(server);
  }

  /** Opens the port, as the first generation. */
  Future<Void> open(InnerPort port) {
    Socket opened = port.add(context, Transport.serverOptions(setup.config()));
    socket = opened;
    opened.answerWith(calls);
    return opened
        .open()
        .onSuccess(
            listening ->
                log.info("gRPC listening host={} port={}", setup.config().host(), listening))
        .mapEmpty();
  }

  /** Answers from here on, also those who called before. */
  void resume(Socket open, List<Caller> callers) {
    gaveUp = false;
    socket = open;
    open.answerWith(calls);
    callers.forEach(caller -> keep(Inbound.of(caller, context, reception, attendant)));
  }

  Socket socket() {
    return Objects.requireNonNull(socket, "the port is not open");
  }

  /** Leaves the callers to another generation; whoever was not welcomed yet has to call again. */
  List<Caller> giveUp() {
    gaveUp = true;
    List<Caller> callers = new ArrayList<>();
    for (Inbound inbound : List.copyOf(inbounds)) {
      inbound
          .leave()
          .ifPresentOrElse(callers::add, () -> inbound.end(GrpcStatus.UNAVAILABLE, CALL_AGAIN));
    }
    leaving.addAll(inbounds);
    inbounds.clear();
    return callers;
  }

  /** How many requests are open. */
  int open() {
    return Stream.concat(inbounds.stream(), leaving.stream()).mapToInt(Inbound::open).sum();
  }

  /** Who calls while the port changes hands is not left to anybody, and has to call again. */
  private void exchange(GrpcServerRequest<Requests, Answers> call) {
    Inbound inbound = new Inbound(call, context, reception, attendant);
    if (gaveUp) {
      inbound.end(GrpcStatus.UNAVAILABLE, CALL_AGAIN);
    } else {
      keep(inbound);
    }
  }

  private void keep(Inbound inbound) {
    inbounds.add(inbound);
    inbound.ended().onComplete(ended -> inbounds.remove(inbound));
  }

  /** Lets the calls finish, then ends them. */
  Future<Void> stop() {
    if (socket != null) {
      socket.refuse();
    }
    List<Inbound> last = List.copyOf(inbounds);
    last.forEach(Inbound::finish);
    List<Future<Void>> endings = last.stream().map(Inbound::ended).toList();
    Future<?> patience = context.owner().timer(FINISH_MILLIS);
    return Future.any(Future.all(endings), patience)
        .onComplete(done -> last.forEach(call -> call.end(GrpcStatus.UNAVAILABLE, "it stops")))
        .mapEmpty();
  }
}
