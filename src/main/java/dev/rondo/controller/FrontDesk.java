package dev.rondo.controller;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Welcome;
import dev.rondo.wire.StateWire;
import java.util.Optional;

/** Where workers call: who they are, and what becomes of what they say. */
final class FrontDesk implements WorkerCall.Desk {

  private final String name;
  private final Pace pace;
  private final Bus bus;
  private final Herald herald;
  private final RosterFeed feed;
  private final Workers workers;
  private final Committed committed;
  private final Reception reception;
  private final Deciding deciding;
  private final Changes changes;
  private final Rollout rollout;
  private boolean open;

  /** A desk of the controller {@code name}, which is closed. */
  FrontDesk(
      String name,
      Pace pace,
      Bus bus,
      Herald herald,
      RosterFeed feed,
      Workers workers,
      Committed committed,
      Reception reception,
      Deciding deciding,
      Changes changes,
      Rollout rollout) {
    this.name = name;
    this.pace = pace;
    this.bus = bus;
    this.herald = herald;
    this.feed = feed;
    this.workers = workers;
    this.committed = committed;
    this.reception = reception;
    this.deciding = deciding;
    this.changes = changes;
    this.rollout = rollout;
  }

  /** Listens from now on, or leaves it to another generation: workers say everything again. */
  void open(boolean now) {
    open = now;
  }

  @Override
  public void called(WorkerCall call, Registration words) {
    if (!open) {
      call.end("another generation takes over");
      return;
    }
    Optional<String> refusal = reception.refusal(words);
    if (refusal.isPresent()) {
      refuse(call, words, refusal.get());
      return;
    }
    ClusterState theirs = StateWire.read(words.getState()).orElse(committed.state());
    committed.adopt(theirs).onSuccess(adopted -> welcome(call, words));
  }

  private void refuse(WorkerCall call, Registration words, String detail) {
    herald.refused(words.getWorker(), detail);
    call.refuse(detail);
  }

  private void welcome(WorkerCall call, Registration words) {
    if (call.isOver()) {
      return;
    }
    if (!open) {
      call.end("another generation takes over");
      return;
    }
    Optional<String> late = reception.refusal(words);
    if (late.isPresent()) {
      refuse(call, words, late.get());
      return;
    }
    ClusterState state = committed.state();
    boolean back = workers.register(call, words, url(state, words));
    Welcome.Builder welcome =
        Welcome.newBuilder()
            .setController(name)
            .setBeatMillis((int) pace.beatMillis())
            .setOfflineAfterMillis((int) pace.offlineMillis())
            .setCatchUp(back)
            .setWallMillis(System.currentTimeMillis());
    if (state.epoch() > words.getState().getEpoch()) {
      welcome.setState(StateWire.of(state));
    }
    call.welcome(welcome.build());
    deciding.joined(call.worker());
  }

  private static String url(ClusterState state, Registration words) {
    return state.members().stream()
        .filter(member -> member.id() == words.getWorker())
        .findFirst()
        .map(Member::url)
        .orElse("http://" + words.getHost() + ":" + words.getHttpPort());
  }

  @Override
  public void told(WorkerCall call, FromWorker message) {
    WorkerRow row = open ? workers.heard(call) : null;
    if (row == null) {
      return;
    }
    switch (message.getBodyCase()) {
      case BEAT -> compare(call, message.getBeat().getEpoch());
      case REPORT -> {
        workers.reported(row, message.getReport());
        compare(call, message.getReport().getEpoch());
        changes.drive();
        rollout.reported(row.id());
      }
      case PROMISE -> deciding.promised(row.id(), message.getPromise());
      case ACCEPTED -> deciding.accepted(row.id(), message.getAccepted());
      case DECLINED ->
          rollout.declined(
              row.id(), message.getDeclined().getTicket(), message.getDeclined().getDetail());
      case GOODBYE -> workers.leaves(row);
      case LATE ->
          ReportWire.late(message.getLate()).forEach(late -> bus.publish(Addresses.LATE, late));
      case EVENT -> bus.publish(Addresses.EVENT, ReportWire.event(row.id(), message.getEvent()));
      default -> {
        // From a later version of the worker.
      }
    }
  }

  /** Who is behind is told; who is ahead is asked to register anew, with the state it has. */
  private void compare(WorkerCall call, long epoch) {
    ClusterState state = committed.state();
    if (epoch < state.epoch()) {
      call.send(Committed.told(state));
    } else if (epoch > state.epoch()) {
      call.end("it is ahead of the controller");
    }
    feed.changed(false);
  }

  @Override
  public void ended(WorkerCall call) {
    workers.hungUp(call);
  }
}
